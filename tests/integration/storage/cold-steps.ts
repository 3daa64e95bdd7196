import { headObject } from "@/lib/clients/bucket";
import { createMultipartUpload, completeMultipartUpload, uploadPart, type StoredPart } from "@/lib/clients/multipart-store";
import { findObject, putObject, readObject } from "@/lib/clients/object-store";
import { archivePlace, mainPlace, type StorePlace } from "@/lib/clients/store-place";
import { db } from "@/lib/db";
import type { Prisma } from "@/prisma/generated/client";
import type { Fault, SeenRequest } from "../../../scripts/local/object-store/fault.ts";
import { createCourse, createLesson, createMediaFile, type createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { sha256Of } from "../../support/uploads";

type Organization = Awaited<ReturnType<typeof createOrganization>>;

/** The least that a part may have. Amazon S3 User Guide, "Amazon S3 multipart upload limits". */
export const PART = 5 * 1024 ** 2;

export const BODY = Buffer.from("a lesson's video, which is short");

export function archive(): StorePlace {
  if (!archivePlace) throw new Error("the tests' stack has an archive");
  return archivePlace;
}

/** A finished video whose object lies in the main bucket with the sum that the ledger knows. */
export async function storedVideo(organization: Organization, data: Partial<Prisma.MediaFileUncheckedCreateInput> = {}) {
  const file = await createMediaFile(organization, { bytes: BigInt(BODY.length), checksum: sha256Of(BODY), ...data });
  await putObject(file.fileKey, BODY, { contentType: "video/mp4", sha256: sha256Of(BODY) });
  const stored = await findObject(file.fileKey);
  return db.mediaFile.update({ where: { id: file.id }, data: { etag: stored?.etag } });
}

/** The same of a video that was uploaded in parts. */
export async function videoInParts(organization: Organization, parts: number) {
  const bodies = Array.from({ length: parts }, (_, index) => Buffer.alloc(index === parts - 1 ? 1000 : PART, `part ${index} `));
  const bytes = bodies.reduce((sum, { length }) => sum + length, 0);
  const file = await createMediaFile(organization, { bytes: BigInt(bytes), partSize: PART });
  const multipartId = await createMultipartUpload(file.fileKey, { contentType: "video/mp4" });
  const sent: StoredPart[] = [];
  for (const [index, body] of bodies.entries()) {
    sent.push(await uploadPart({ key: file.fileKey, multipartId, partNumber: index + 1, body, sha256: sha256Of(body) }));
  }
  await completeMultipartUpload(file.fileKey, multipartId, sent);
  const stored = await findObject(file.fileKey);
  return db.mediaFile.update({ where: { id: file.id }, data: { etag: stored?.etag, checksum: stored?.sha256 } });
}

/** A course whose videos are wanted cold, with one lesson for each of these. */
export async function coldCourse(organization: Organization, videos: readonly { id: string }[], cold = true) {
  const data = { status: "ARCHIVED" as const, archivedAt: new Date(), mediaColdSince: cold ? new Date() : null };
  const course = await createCourse(organization, data);
  for (const { id } of videos) await createLesson(course, { videoId: id });
  return course;
}

export const fileRow = (id: string) => db.mediaFile.findUniqueOrThrow({ where: { id } });

/** Which of the two buckets have an object under this key. */
export async function bucketsWith(fileKey: string): Promise<string[]> {
  const places = [mainPlace, archive()];
  const found = await Promise.all(places.map(async (place) => ((await headObject(fileKey, place)) ? [place.name] : [])));
  return found.flat();
}

/** What a video's row and buckets come to, apart from moments. */
export async function stateOf(id: string) {
  const { fileKey, state, store: place, tier, storageClass, tierChangedAt, stateReason } = await fileRow(id);
  return { state, place, tier, storageClass, settled: tierChangedAt !== null, stateReason, buckets: await bucketsWith(fileKey) };
}

export const COLD = {
  state: "READY",
  place: "archive",
  tier: "ARCHIVED",
  storageClass: null,
  settled: true,
  stateReason: null,
  buckets: ["archive"],
};
export const AT_HAND = {
  state: "READY",
  place: "main",
  tier: "STANDARD",
  storageClass: null,
  settled: true,
  stateReason: null,
  buckets: ["main"],
};

/** The bytes, where the row says that they are. */
export async function bytesOf(id: string): Promise<Buffer> {
  const { fileKey, store: name, bytes } = await fileRow(id);
  return Buffer.from(await readObject(fileKey, { start: 0, end: Number(bytes) }, name === "archive" ? archive() : mainPlace));
}

/**
 * The process dies at this call: the store acts on it, or has not heard of it, and nobody hears an answer from then on.
 *
 * @returns whether it came to that
 */
export function dieAt(match: (seen: SeenRequest) => boolean, acted: boolean): () => boolean {
  let dead = false;
  const refused: Fault = { kind: "error", status: 403, code: "AccessDenied" };
  store.onRequest = (seen) => {
    if (dead) return refused;
    if (!match(seen)) return undefined;
    dead = true;
    return acted ? { kind: "error-after", status: 403, code: "AccessDenied" } : refused;
  };
  return () => dead;
}

/** What waits in the queue for a file. */
export function jobsOf(mediaFileId: string) {
  return db.$queryRaw<{ start_after: Date }[]>`
    SELECT start_after FROM pgboss.job WHERE name = 'storage-tier' AND state IN ('created', 'retry') AND data->>'mediaFileId' = ${mediaFileId}`;
}
