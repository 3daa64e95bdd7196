import { createHash, randomBytes } from "node:crypto";
import { deleteObjects, headObject, listBegunUploads, listObjects } from "@/lib/clients/bucket";
import { abortMultipartUpload } from "@/lib/clients/multipart-store";
import { findObject, putObject, readObject } from "@/lib/clients/object-store";
import { mainPlace, replicaPlace } from "@/lib/clients/store-place";
import { compositeSha256 } from "@/lib/core/composite-checksum";
import { HOUR } from "@/lib/core/clock";
import { db } from "@/lib/db";
import { comparisonSchema } from "@/lib/schemas/storage-replica";
import { compareReplica } from "@/lib/services/replica-comparison-service";
import { drainReplica } from "@/lib/services/storage-replica-service";
import type { Prisma } from "@/prisma/generated/client";
import { createMediaFile, system, type createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";

if (!replicaPlace) throw new Error("The tests' settings lack a replica.");
export const replica = replicaPlace;
export const PART = 5 * 1024 ** 2;

type Organization = Awaited<ReturnType<typeof createOrganization>>;

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("base64");

/** A finished file whose row and object agree, and of which the replica knows nothing yet. */
export async function storedFile(
  organization: Organization,
  body: Uint8Array = randomBytes(100),
  data: Partial<Prisma.MediaFileUncheckedCreateInput> = {},
) {
  const file = await createMediaFile(organization, { bytes: BigInt(body.length), checksum: sha256(body), ...data });
  await putObject(file.fileKey, body, { contentType: "video/mp4" });
  const etag = (await findObject(file.fileKey))?.etag ?? null;
  return db.mediaFile.update({ where: { id: file.id }, data: { etag } });
}

/** One of three parts. */
export function largeFile(organization: Organization) {
  const body = randomBytes(2 * PART + 1000);
  const sums = [0, 1, 2].map((index) => sha256(body.subarray(index * PART, (index + 1) * PART)));
  return storedFile(organization, body, { partSize: PART, checksum: compositeSha256(sums) });
}

/** Compares to the end. */
export const compare = async () => (await compareReplica(comparisonSchema.parse({}), new Date(Date.now() + HOUR))).counts;

/** Drains until nothing is due. */
export const drain = (until = new Date(Date.now() + HOUR)) => drainReplica(system, until);

/** What waits for its next try need wait no longer. */
export const letTimePass = () => db.replicaObject.updateMany({ data: { nextTryAt: new Date(Date.now() - 1000) } });

export const note = (fileKey: string) => db.replicaObject.findUnique({ where: { fileKey } });

/** `{ key: state }` of all that is noted. */
export async function notes(): Promise<Record<string, string>> {
  const rows = await db.replicaObject.findMany({ orderBy: { fileKey: "asc" } });
  return Object.fromEntries(rows.map(({ fileKey, state }) => [fileKey, state]));
}

/** The keys of a bucket. */
export async function keysOf(place = replica): Promise<string[]> {
  return (await listObjects(null, place)).objects.map(({ key }) => key);
}

/** Byte for byte what the main bucket has. */
export async function isSame(fileKey: string): Promise<boolean> {
  const [main, copy] = await Promise.all([headObject(fileKey), headObject(fileKey, replica)]);
  if (!main || !copy) return false;
  const read = (place: typeof replica) => readObject(fileKey, { start: 0, end: main.bytes }, place);
  return Buffer.from(await read(mainPlace)).equals(Buffer.from(await read(replica)));
}

/** Requests that the replica's bucket got, by operation. */
export function watchReplica(): Record<string, number> {
  const seen: Record<string, number> = {};
  store.onRequest = ({ bucket, operation }) => {
    if (bucket === replica.bucket) seen[operation] = (seen[operation] ?? 0) + 1;
    return undefined;
  };
  return seen;
}

/** Empty buckets, no file and no note. */
export async function startAnew(): Promise<void> {
  store.onRequest = undefined;
  for (const place of [mainPlace, replica]) {
    await deleteObjects(await keysOf(place), place);
    for (const { key, multipartId } of (await listBegunUploads(null, place)).uploads) await abortMultipartUpload(key, multipartId, place);
  }
  await db.replicaObject.deleteMany();
  await db.course.deleteMany();
  await db.organization.updateMany({ data: { logoId: null } });
  await db.mediaFile.deleteMany({ where: { NOT: { parentId: null } } });
  await db.mediaFile.deleteMany();
}
