import { createHash, randomUUID } from "node:crypto";
import { afterAll, test } from "vitest";
import { abortMultipartUpload, listMultipartUploads } from "@/lib/clients/multipart-store";
import { deleteObject, presignPut, type PresignedPut } from "@/lib/clients/object-store";
import { embedded, endpoint } from "./endpoint";

/** Everything of one run lies under it, shaped as the product's own keys are, and is removed at the end. */
export const PREFIX = `organizations/storage-test-${randomUUID()}`;
export const EXPIRES = 300;

const used = new Set<string>();

/** A new key of this run. */
export function newKey(name: string, folder = "private"): string {
  const key = `${PREFIX}/${folder}/${randomUUID()}/${name}`;
  used.add(key);
  return key;
}

afterAll(async () => {
  for (const key of used) {
    for (const id of await listMultipartUploads(key)) await abortMultipartUpload(key, id);
    await deleteObject(key);
  }
});

export function sha256Of(...pieces: Uint8Array[]): string {
  return pieces.reduce((hash, piece) => hash.update(piece), createHash("sha256")).digest("base64");
}

/** An address for one PUT of this body under `key`. */
export function signPut(key: string, body: Uint8Array, contentType = "text/plain"): Promise<PresignedPut> {
  return presignPut({ key, contentType, bytes: body.length, sha256: sha256Of(body), expiresInSeconds: EXPIRES });
}

/** Sends as a browser does. @returns the status */
export async function put(
  { url, headers }: PresignedPut,
  body: Uint8Array<ArrayBuffer>,
  changed: Record<string, string> = {},
): Promise<number> {
  const answer = await fetch(url, { method: "PUT", headers: { ...headers, ...changed }, body });
  await answer.arrayBuffer();
  return answer.status;
}

/**
 * `test` where the endpoint has `what`, found out by trying, never by its name; else a test that is skipped, and says so.
 *
 * @throws when it is the embedded store that lacks it
 */
export async function where(what: string, lack: string, tries: () => Promise<boolean>): Promise<typeof test | typeof test.skip> {
  if (await tries()) return test;
  if (embedded) throw new Error(`The embedded store must have it: ${what}.`);
  return skipped(what, `${endpoint}: ${lack}`);
}

export function skipped(what: string, lack: string): typeof test.skip {
  process.stdout.write(`skipped: ${what} — ${lack}\n`);
  return test.skip;
}
