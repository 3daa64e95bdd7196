import "server-only";
import { createHash } from "node:crypto";
import { mainPlace } from "../clients/store-place";
import { AppError, fieldError, notFoundError } from "../core/app-error";
import { formatBytes } from "../core/bytes";
import { DAY, fromNow } from "../core/clock";
import { newId } from "../core/id";
import type { ByteSource } from "../core/inspection/inspection";
import { objectKey } from "../core/object-key";
import { lockMediaFile } from "../data/media-file";
import { lockOrganization } from "../data/organization";
import { findStorageAccount, reserveBytes } from "../data/storage-account";
import { endImport, findImport, findImportById, findImportUnderWay, insertImport, type ImportRow } from "../data/storage-transfer";
import { countFiles } from "../data/storage-usage";
import { findTarget, insertCopies, listCopies, type ImportTarget, type PlannedCopy } from "../data/transfer-content";
import { inTransaction, type Db } from "../data/transaction";
import { env } from "../env";
import { enqueue } from "../jobs/enqueue";
import { assertCan } from "../policies/access-policy";
import type { MemberActor, SystemActor } from "../policies/actor";
import { findMediaType } from "../schemas/media-type";
import type { ExportLink } from "../schemas/storage-transfer";
import { filesOfCourses, type ArchivedFile } from "../schemas/transfer-archive";
import { recordAudit } from "./audit-service";
import { ImportWork, openStoredArchive, sendingOf } from "./import-content-service";
import { eraseFile, openStorageAccount } from "./storage-service";
import { findLinkedExport, HeldTransfer, SLICE_OF_WORK } from "./storage-transfer-service";
import { openArchive, type OpenArchive } from "./transfer-archive-service";
import { maxBytesOf } from "./upload-service";

/** How long the files of an import may be on their way: far longer than it is tried. */
const RESERVED = 30 * DAY;
/** Writing the rows of thousands of files takes its time; seconds. */
const BEGIN_SECONDS = 30;
const NOUN = "This import";

function planCopy(file: ArchivedFile, { storagePrefix }: ImportTarget): PlannedCopy {
  const { kind, fileName, type: declaredType, bytes } = file;
  const mediaType = findMediaType(kind, declaredType);
  const maxBytes = maxBytesOf[kind];
  if (!mediaType || bytes > maxBytes) {
    throw new AppError("REJECTED", `“${fileName}” has ${formatBytes(bytes)}; files of its kind may have ${formatBytes(maxBytes)} here.`);
  }
  const id = newId();
  return {
    id,
    sourceId: file.id,
    fileKey: objectKey({ storagePrefix, access: "private", folder: kind.toLowerCase(), id, extension: mediaType.extensions[0] }),
    store: mainPlace.name,
    kind,
    fileName,
    declaredType,
    bytes: BigInt(bytes),
    partSize: sendingOf(file).partBytes,
    reservedUntil: fromNow(RESERVED),
  };
}

/**
 * Sets the bytes of all files aside at once.
 *
 * @throws AppError QUOTA_EXCEEDED with what is missing, TOO_LARGE for the organization's plan
 */
async function reserveAll(tx: Db, scope: { organizationId: string }, copies: readonly PlannedCopy[]): Promise<void> {
  const bytes = copies.reduce((sum, copy) => sum + copy.bytes, 0n);
  await openStorageAccount(tx, scope.organizationId);
  const limits = await reserveBytes(scope, bytes, tx);
  if (!limits) {
    const account = await findStorageAccount(scope, tx);
    const free = account ? account.limitBytes - account.usedBytes - account.reservedBytes : 0n;
    const missing = formatBytes(bytes - (free > 0n ? free : 0n));
    throw new AppError(
      "QUOTA_EXCEEDED",
      `The files of this archive take ${formatBytes(bytes)}, which is ${missing} more than is free here. Make room, or ask an owner for more storage.`,
    );
  }
  const tooLarge = copies.find((copy) => limits.maxFileBytes !== null && copy.bytes > limits.maxFileBytes);
  if (tooLarge) {
    const most = formatBytes(limits.maxFileBytes ?? 0n);
    throw new AppError(
      "TOO_LARGE",
      `“${tooLarge.fileName}” has ${formatBytes(tooLarge.bytes)}; this organization's plan takes files of up to ${most}.`,
    );
  }
  const files = (await countFiles(scope, tx)) + copies.length;
  if (limits.maxFiles !== null && files > limits.maxFiles) {
    throw new AppError(
      "QUOTA_EXCEEDED",
      `With this archive the organization would have ${files} files; its plan takes ${limits.maxFiles}.`,
    );
  }
}

/** Writes down all that an import is going to do: its row, and a pending file with reserved bytes for each that a course uses. */
async function begin(
  actor: MemberActor | SystemActor,
  target: ImportTarget,
  archive: { open: OpenArchive; archiveKey: string },
  tx: Db,
): Promise<string> {
  const { organizationId } = target;
  await lockOrganization(target, tx);
  if (await findImportUnderWay(target, tx)) throw new AppError("CONFLICT", "An import is under way. Wait until it is done, or cancel it.");
  const { sidecar, courses, manifest } = archive.open;
  const used = filesOfCourses(courses);
  const copies = manifest.files.filter(({ id }) => used.has(id)).map((file) => planCopy(file, target));
  await reserveAll(tx, target, copies);
  const id = newId();
  const row = {
    id,
    archiveKey: archive.archiveKey,
    sourceName: sidecar.organization.name,
    bytes: copies.reduce((sum, { bytes }) => sum + bytes, 0n),
    files: copies.length,
    courses: courses.courses.length,
    startedById: actor.kind === "member" ? actor.userId : null,
  };
  await insertImport(target, row, tx);
  await insertCopies(target, id, copies, tx);
  const after = { from: row.sourceName, courses: row.courses, files: row.files, bytes: Number(row.bytes) };
  await recordAudit(tx, actor, { action: "storage.import-started", subjectId: id, organizationId, after });
  return id;
}

const deadLink = () => fieldError("link", "This link leads to no archive, or does not any more. Ask for a new one.");

/**
 * Begins to import the archive that the link of an export of this installation leads to; jobs copy its files. Everything is checked
 * before anything is written. The link itself is never called.
 *
 * @throws AppError INVALID_INPUT at `link`; REJECTED with what is wrong with the archive; QUOTA_EXCEEDED, TOO_LARGE; CONFLICT while an
 *   import is under way; UNAVAILABLE
 */
export async function startImport(actor: MemberActor, { link }: { link: ExportLink }): Promise<{ id: string }> {
  assertCan(actor, "storage.manage");
  if (link.origin !== new URL(env.BETTER_AUTH_URL).origin) {
    throw fieldError("link", "This link is of another installation. Its archive can be imported from a file, by whoever runs this one.");
  }
  const exported = await findLinkedExport(link);
  const source = exported && (await openStoredArchive(exported.fileKey));
  if (!exported || !source) throw deadLink();
  const open = await openArchive(source);
  const { id: organizationId, storagePrefix } = actor.organization;
  return inTransaction(async (tx) => {
    const id = await begin(actor, { organizationId, storagePrefix }, { open, archiveKey: exported.fileKey }, tx);
    await enqueue(tx, "storage-import", { importId: id });
    return { id };
  }, BEGIN_SECONDS);
}

/** Gives back all that an import that failed has reserved and copied. Running twice changes nothing. @throws AppError UNAVAILABLE */
async function giveBack(row: ImportRow): Promise<void> {
  for (const { mediaFileId } of await listCopies(row.id)) {
    await inTransaction(async (tx) => {
      const file = await lockMediaFile(row, mediaFileId, tx);
      if (file?.state === "PENDING") await eraseFile(tx, file, "IMPORT_ENDED");
    });
  }
}

async function work(actor: SystemActor, row: ImportRow, source: ByteSource | null, until: Date): Promise<"done" | "paused" | "over"> {
  const held = await HeldTransfer.claim("import", row);
  if (!held) return "over";
  return held.run({
    work: async () => {
      if (!source) throw new AppError("REJECTED", "The archive is gone. Ask for a new export.");
      const open = await openArchive(source);
      return new ImportWork(row, { open, source }, held).work(actor, () => new Date() < until);
    },
    fail: async (tx, error) => {
      await endImport(row.id, { state: "FAILED", error }, tx);
    },
  });
}

/**
 * Works on an import for a while, then leaves the rest to the next job. What one that failed or was cancelled has taken is given back.
 *
 * @throws AppError UNAVAILABLE: another try goes on
 */
export async function continueImport(actor: SystemActor, { importId }: { importId: string }, slice = SLICE_OF_WORK): Promise<void> {
  const row = await findImportById(importId);
  if (!row) return;
  if (row.state === "QUEUED" || row.state === "RUNNING") {
    const outcome = await work(actor, row, await openStoredArchive(row.archiveKey), fromNow(slice));
    if (outcome === "paused") await inTransaction((tx) => enqueue(tx, "storage-import", { importId }));
  }
  if ((await findImportById(importId))?.state === "FAILED") await giveBack(row);
}

/** Ends an import that is under way; what it has copied is given back by a job. @throws AppError NOT_FOUND, CONFLICT when it is over */
export async function cancelImport(actor: MemberActor, { importId }: { importId: string }): Promise<void> {
  assertCan(actor, "storage.manage");
  const scope = { organizationId: actor.organization.id };
  await inTransaction(async (tx) => {
    if (!(await findImport(scope, importId, tx))) throw notFoundError(NOUN);
    if (!(await endImport(importId, { state: "FAILED", error: "It was cancelled." }, tx))) {
      throw new AppError("CONFLICT", "This import is over by now. The page shows it as it is.");
    }
    await enqueue(tx, "storage-import", { importId });
    await recordAudit(tx, actor, { action: "storage.import-cancelled", subjectId: importId });
  });
}

/** Stands for an archive: its date, its texts, and the sums of its files are in it. */
function digestOf({ sidecar, courses, manifest }: OpenArchive): string {
  return createHash("sha256")
    .update(JSON.stringify([sidecar, courses, manifest]))
    .digest("hex");
}

/**
 * Imports an archive that is no export of this installation, such as a backup on a disk, to its end. Called again after a kill it goes on.
 *
 * @param input.archive its content; a second call knows it again by what it says of itself, since a name is soon another archive's
 * @returns the import as it ended
 * @throws AppError NOT_FOUND without such an organization; CONFLICT while another import is under way; what `startImport` throws
 */
export async function importFromFile(
  actor: SystemActor,
  { org, archive }: { org: string; archive: ByteSource },
): Promise<{ state: string; error: string | null; courses: number; files: number; bytes: number }> {
  const target = await findTarget(org);
  if (!target) throw notFoundError("This organization");
  const open = await openArchive(archive);
  const archiveKey = `file:${digestOf(open)}`;
  const id = await inTransaction(async (tx) => {
    const running = await findImportUnderWay(target, tx);
    return running?.archiveKey === archiveKey ? running.id : begin(actor, target, { open, archiveKey }, tx);
  }, BEGIN_SECONDS);
  const row = await findImportById(id);
  if (!row) throw notFoundError(NOUN);
  await work(actor, row, archive, new Date(8.64e15));
  const after = await findImportById(id);
  if (after?.state === "FAILED") await giveBack(row);
  if (!after || after.state === "RUNNING")
    throw new AppError("CONFLICT", "Another process works on this import, or died a moment ago. Try again in a few minutes.");
  const { state, error, courses, files, bytes } = after;
  return { state, error, courses, files, bytes: Number(bytes) };
}
