import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { afterAll, expect } from "vitest";
import { startObjectStore, type ObjectStore, type ObjectStoreOptions } from "../../../scripts/local/object-store/server.ts";

export const ACCESS_KEY = "test-access";
export const SECRET_KEY = "test/secret+key";
export const BUCKET = "academy";
export const MIB = 1024 * 1024;

/** A new directory that is removed when the test file ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "object-store-test-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Starts a store with the bucket `academy`, for as long as the test file runs. */
export async function startTestStore(options: Partial<ObjectStoreOptions> = {}): Promise<ObjectStore> {
  const store = await startObjectStore({
    dir: options.dir ?? temporaryDirectory(),
    accessKey: ACCESS_KEY,
    secretKey: SECRET_KEY,
    buckets: [BUCKET],
    ...options,
  });
  afterAll(() => store.close());
  return store;
}

/** The real SDK, pointed at the store. */
export function createClient(url: string, overrides: { accessKeyId?: string; secretAccessKey?: string; region?: string } = {}): S3Client {
  const client = new S3Client({
    endpoint: url,
    region: overrides.region ?? "auto",
    forcePathStyle: true,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 1,
    credentials: {
      accessKeyId: overrides.accessKeyId ?? ACCESS_KEY,
      secretAccessKey: overrides.secretAccessKey ?? SECRET_KEY,
    },
  });
  afterAll(() => client.destroy());
  return client;
}

/** The status and code with which the SDK saw a request refused. */
export async function refusal(request: Promise<unknown>): Promise<string> {
  const error: unknown = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof S3ServiceException)) throw new Error(`Expected a refusal, got ${String(error)}`, { cause: error });
  return `${error.$metadata.httpStatusCode ?? 0} ${error.name}`;
}

/** The status and code of a refusal seen by plain fetch. */
export async function fetchRefusal(response: Response): Promise<string> {
  const code = /<Code>([^<]+)<\/Code>/.exec(await response.text())?.[1];
  return `${response.status} ${code ?? "without a code"}`;
}

/** The content files that a store's directory holds now. */
export function contentFiles(directory: string): string[] {
  return readdirSync(join(directory, "content"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

/** Bytes that differ from place to place, the same for the same seed. */
export function someBytes(length: number, seed = 1): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(length);
  let state = seed >>> 0 || 1;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

/** Fails unless two large buffers are the same, without printing them. */
export function expectSameBytes(actual: Uint8Array, expected: Uint8Array): void {
  expect(actual.length).toBe(expected.length);
  expect(Buffer.compare(actual, expected)).toBe(0);
}
