import { randomUUID } from "node:crypto";
import { deleteObjects, listBegunUploads, listObjects } from "@/lib/clients/bucket";
import { abortMultipartUpload } from "@/lib/clients/multipart-store";
import { putObject } from "@/lib/clients/object-store";
import { getQueue } from "@/lib/clients/queue";
import { DAY } from "@/lib/core/clock";
import { db } from "@/lib/db";
import type { SweepMode } from "@/lib/schemas/storage-sweep";
import { sweepStorage } from "@/lib/services/storage-orphan-service";
import { getSweep } from "@/lib/services/storage-report-service";
import type { Prisma } from "@/prisma/generated/client";
import { createMediaFile, system, type createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";

type Organization = Awaited<ReturnType<typeof createOrganization>>;

export const BODY = Buffer.from("bytes of a file");

export const put = (key: string, body: Uint8Array = BODY) => putObject(key, body, { contentType: "video/mp4" });

/** A file whose row and object agree. */
export async function storedFile(organization: Organization, data: Partial<Prisma.MediaFileUncheckedCreateInput> = {}) {
  const file = await createMediaFile(organization, { bytes: BigInt(BODY.length), ...data });
  await put(file.fileKey);
  return file;
}

/** So many stored files that one or two orphans beside them are within the limit of 5 %. */
export async function fillWith(organization: Organization, files = 40): Promise<void> {
  await Promise.all(Array.from({ length: files }, () => storedFile(organization)));
}

/** An object under the organization's prefix that no row names. */
export async function orphan(organization: Organization, name: string = randomUUID()): Promise<string> {
  const key = `${organization.storagePrefix}private/video/${name}.mp4`;
  await put(key);
  return key;
}

/** The store's clock goes on: whatever lies in the bucket is older than the grace. */
export const letAWeekPass = () => store.clock.advance(8 * DAY);

/** Every key of the bucket. */
export async function keys(): Promise<string[]> {
  const all: string[] = [];
  for (let more = true; more;) {
    const page = await listObjects(all.at(-1) ?? null);
    all.push(...page.objects.map(({ key }) => key));
    more = page.more;
  }
  return all;
}

/** An empty bucket, an empty ledger, and no job that waits. */
export async function startAnew(): Promise<void> {
  store.onRequest = undefined;
  const all = await keys();
  for (let first = 0; first < all.length; first += 1000) await deleteObjects(all.slice(first, first + 1000));
  for (const { key, multipartId } of (await listBegunUploads(null)).uploads) await abortMultipartUpload(key, multipartId);
  await (await getQueue()).deleteAllJobs();
  await db.storageSweep.deleteMany();
  await db.trashedObject.deleteMany();
  await db.course.deleteMany();
  await db.mediaFile.deleteMany({ where: { NOT: { parentId: null } } });
  await db.mediaFile.deleteMany();
  await db.storageAccount.updateMany({ data: { usedBytes: 0, reservedBytes: 0 } });
}

/** Runs one to its end. */
export async function sweep(mode: SweepMode, force: string | null = null) {
  const { id } = await sweepStorage(system, { mode, force });
  return getSweep(system, id);
}

/** What became of each key: `{ key: "KIND OUTCOME" }`. */
export async function outcomes(sweepId: string): Promise<Record<string, string>> {
  const rows = await db.storageFinding.findMany({ where: { sweepId }, orderBy: { fileKey: "asc" } });
  return Object.fromEntries(rows.map(({ fileKey, kind, outcome }) => [fileKey, `${kind} ${outcome ?? "FOUND"}`]));
}
