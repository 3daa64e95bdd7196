import type { ServerResponse } from "node:http";
import type { Caller } from "./auth/authenticate.ts";
import type { Credentials } from "./auth/signer.ts";
import type { Clock } from "./clock.ts";
import type { ContentFiles } from "./content-files.ts";
import type { ObjectIndex } from "./index/object-index.ts";
import type { S3Request } from "./s3-request.ts";

/** The parts of one running store. */
export interface Store {
  readonly index: ObjectIndex;
  readonly files: ContentFiles;
  readonly clock: Clock;
  readonly credentials: Credentials;
  /** Tells whether anybody may read the key. */
  readonly isPublic: (key: string) => boolean;
}

/** One request on its way through an operation. */
export interface Context {
  readonly store: Store;
  readonly request: S3Request;
  readonly response: ServerResponse;
  readonly caller: Caller;
  /** Counts bytes of the request's body as they arrive. More are read when what it returns, if anything, has resolved. */
  readonly onBytesIn: (count: number) => Promise<void> | undefined;
}

/** Answers one S3 operation; what it refuses it throws as an S3Error. */
export type Operation = (context: Context) => Promise<void>;
