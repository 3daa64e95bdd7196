import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { mkdir } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createClock } from "./clock.ts";
import type { Clock } from "./clock.ts";
import { ConnectionThrottle } from "./connection-throttle.ts";
import { ContentFiles } from "./content-files.ts";
import type { RequestHook } from "./fault.ts";
import { handleRequest } from "./handle-request.ts";
import type { Handling } from "./handle-request.ts";
import { ObjectIndex } from "./index/object-index.ts";
import { sweepLifecycle } from "./lifecycle-sweep.ts";
import type { SweepResult } from "./lifecycle-sweep.ts";
import { checkBucketName } from "./operations/bucket.ts";
import { publicPrefixTest } from "./public-prefix.ts";
import { Traffic } from "./traffic.ts";

export interface ObjectStoreOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Where everything is kept; created when it is missing. One store at a time may hold it. */
  readonly dir: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** The region that signatures must name; without it any is right. */
  readonly region?: string;
  /** Key prefixes that anybody may read. A segment `*` stands for any one segment. */
  readonly publicPrefixes?: readonly string[];
  /** Buckets to create unless they exist. */
  readonly buckets?: readonly string[];
  /** Default: the machine's time, which `advance` moves ahead. */
  readonly clock?: Clock;
  readonly onRequest?: RequestHook;
  /** Bytes of request bodies that each connection may send in a second. Default: no limit. */
  readonly connectionBytesPerSecond?: number;
  /** Reads, verifies and counts bodies, and keeps none of them: for benches of files larger than the disk. Reading an object is refused then. */
  readonly discard?: boolean;
  /** Hears of failures that are the store's own fault; default: written to standard error. */
  readonly onInternalError?: (error: unknown) => void;
}

export interface ObjectStore {
  /** `http://host:port`, for use as a path-style endpoint. */
  readonly url: string;
  readonly port: number;
  readonly clock: Clock;
  /** Requests and bytes by operation. */
  readonly traffic: Traffic;
  /** Runs before each permitted operation; tests set it to watch, hold or fail requests. */
  onRequest: RequestHook | undefined;
  /** Bytes of request bodies that each connection may send in a second; undefined: no limit. */
  connectionBytesPerSecond: number | undefined;
  /**
   * Moves the clock ahead by `milliseconds` and applies the lifecycle rules that have fallen due.
   * @throws RangeError when it is negative.
   */
  advance(milliseconds: number): Promise<SweepResult>;
  /** Takes no more requests, lets those under way end for two seconds, then closes everything. */
  close(): Promise<void>;
}

const GRACE_MS = 2000;
const KEEP_ALIVE_MS = 60_000;

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      if (address && typeof address === "object") resolve(address);
      else reject(new Error("The object store has no TCP address."));
    });
  });
}

function reportInternalError(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`object store: ${text}\n`);
}

/**
 * Starts the store: path-style S3 over plain HTTP on files, for development and tests.
 * @throws Error from listen (`code` EADDRINUSE), or in one sentence when the directory is held by another store.
 */
export async function startObjectStore(options: ObjectStoreOptions): Promise<ObjectStore> {
  const clock = options.clock ?? createClock();
  const isPublic = publicPrefixTest(options.publicPrefixes ?? []);
  const content = join(options.dir, "content");
  await mkdir(content, { recursive: true });
  const index = new ObjectIndex(join(options.dir, "index.sqlite"));
  try {
    const files = new ContentFiles(content, index.discard, options.discard ?? false);
    await files.sweep();
    for (const bucket of options.buckets ?? []) {
      checkBucketName(bucket);
      index.buckets.create(bucket, clock.now());
    }
    const { accessKey, secretKey, region } = options;
    const handling: Handling = {
      store: { index, files, clock, credentials: { accessKey, secretKey, region }, isPublic },
      traffic: new Traffic(),
      onInternalError: options.onInternalError ?? reportInternalError,
      onRequest: options.onRequest,
      throttle: new ConnectionThrottle(options.connectionBytesPerSecond),
    };
    return await serve(handling, options.port ?? 0, options.host ?? "127.0.0.1");
  } catch (error) {
    index.close();
    throw error;
  }
}

async function serve(handling: Handling, port: number, host: string): Promise<ObjectStore> {
  const underWay = new Set<Promise<void>>();
  const handle = (http: IncomingMessage, response: ServerResponse): void => {
    const work = handleRequest(handling, http, response).finally(() => underWay.delete(work));
    underWay.add(work);
  };
  // No limit on how long an upload may take; an idle connection is kept longer than clients keep theirs.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS }, handle);
  // `Expect: 100-continue`: the body is asked for only when the request has passed every check on its headers.
  server.on("checkContinue", handle);
  const address = await listen(server, port, host);
  let closing: Promise<void> | undefined;
  const shutDown = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    await Promise.all(underWay);
    server.closeAllConnections();
    clearTimeout(timer);
    await closed;
    handling.store.index.close();
  };
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    clock: handling.store.clock,
    traffic: handling.traffic,
    get onRequest() {
      return handling.onRequest;
    },
    set onRequest(hook) {
      handling.onRequest = hook;
    },
    get connectionBytesPerSecond() {
      return handling.throttle.bytesPerSecond;
    },
    set connectionBytesPerSecond(rate) {
      handling.throttle.bytesPerSecond = rate;
    },
    advance: (milliseconds) => {
      handling.store.clock.advance(milliseconds);
      return sweepLifecycle(handling.store);
    },
    close: () => (closing ??= shutDown()),
  };
}
