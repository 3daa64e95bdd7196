import "server-only";
import { createElement } from "react";
import { render } from "react-email";
import pLimit from "p-limit";
import { sendMail } from "../clients/mailer";
import { abortMultipartUpload, listMultipartUploads } from "../clients/multipart-store";
import { deleteObject, presignGet } from "../clients/object-store";
import { sendObject } from "../clients/send-object";
import { AppError, notFoundError } from "../core/app-error";
import { formatBytes } from "../core/bytes";
import { DAY, fromNow } from "../core/clock";
import { contentDisposition } from "../core/content-disposition";
import { expiryInWords } from "../core/expiry-in-words";
import { newId } from "../core/id";
import { logger } from "../core/logger";
import { planParts } from "../core/part-plan";
import { listPeopleWithRoles } from "../data/member";
import { lockOrganization } from "../data/organization";
import {
  countKeptExports,
  endExport,
  findExport,
  findExportById,
  findExportUnderWay,
  insertExport,
  isArchiveRead,
  type ExportRow,
} from "../data/storage-transfer";
import { inTransaction, type Db } from "../data/transaction";
import { env } from "../env";
import { enqueue } from "../jobs/enqueue";
import { ExportReadyMail } from "../mails/export-ready";
import { assertCan } from "../policies/access-policy";
import type { MemberActor, SystemActor } from "../policies/actor";
import { rolesWith } from "../policies/permission";
import { recordAudit } from "./audit-service";
import { openExport, planExport } from "./export-content-service";
import { EXPORTS } from "./storage-finding-service";
import { archivePlaces, findArchive, findLinkedExport, HeldTransfer, linkHashOf, linkOf, SLICE_OF_WORK } from "./storage-transfer-service";

const NOUN = "This export";
/** Amazon S3 User Guide, "Amazon S3 multipart upload limits": an object takes up to 5 TiB. */
const MAX_ARCHIVE = 5 * 1024 ** 4;
/** Bytes of parts that are in memory at a time, and how many parts at most. */
const MEMORY = 128 * 1024 ** 2;
const MAX_PARALLEL = 3;
/** Archives of one organization at a time: they take room, and count against no quota. */
const MAX_KEPT = 5;
/** Reading every course of a large organization takes its time; seconds. */
const PLAN_SECONDS = 30;
/** Of the address that a link leads to; seconds. */
const ADDRESS_SECONDS = 5 * 60;

const scopeOf = (actor: MemberActor) => ({ organizationId: actor.organization.id });

/**
 * Begins an export of all that the organization has authored: what is in it is fixed now, and jobs build the archive. It does not count
 * against the organization's quota, so that leaving is always possible.
 *
 * @param input.leaveOutCold archived videos that can't be read at once are named in the archive instead of being in it
 * @throws AppError CONFLICT while one is under way, or five are kept; REJECTED when something can't be read at once
 */
export function startExport(actor: MemberActor, input: { leaveOutCold: boolean }): Promise<{ id: string }> {
  assertCan(actor, "storage.manage");
  const scope = scopeOf(actor);
  return inTransaction(async (tx) => {
    await lockOrganization(scope, tx);
    if (await findExportUnderWay(scope, tx)) throw new AppError("CONFLICT", "An export is under way. Wait until it is done, or cancel it.");
    if ((await countKeptExports(scope, tx)) >= MAX_KEPT) {
      throw new AppError("CONFLICT", `${MAX_KEPT} archives are kept already. Delete one of them, or wait until its time is over.`);
    }
    const { layout, bytes, files } = await planExport(actor, input, tx);
    if (bytes > MAX_ARCHIVE) throw new AppError("REJECTED", `All files together are ${formatBytes(bytes)}; one archive takes 5 TB.`);
    const id = newId();
    const fileKey = `${EXPORTS}${scope.organizationId}/${id}.tar`;
    const { partSize } = planParts(bytes);
    await insertExport(scope, { id, fileKey, partSize, bytes: BigInt(bytes), files, layout, startedById: actor.userId }, tx);
    await enqueue(tx, "storage-export", { exportId: id });
    await recordAudit(tx, actor, { action: "storage.export-started", subjectId: id, after: { files, bytes } });
    return { id };
  }, PLAN_SECONDS);
}

/** Has what the bucket holds of an export that is over deleted. */
const enqueueClearing = (tx: Db, exportId: string) => enqueue(tx, "storage-export-expire", { exportId });

async function build(row: ExportRow, held: HeldTransfer, until: Date): Promise<boolean> {
  const read = await openExport(row);
  if (!read) return true;
  const limit = pLimit(Math.max(1, Math.min(MAX_PARALLEL, Math.floor(MEMORY / row.partSize))));
  const object = {
    key: row.fileKey,
    bytes: Number(row.bytes),
    contentType: "application/x-tar",
    partBytes: row.partSize,
    checksum: null,
  };
  const sent = await sendObject(object, { read, limit, mayGoOn: () => new Date() < until, onProgress: (bytes) => held.beat(bytes) });
  if (!sent) return false;
  await held.beat(object.bytes);
  await held.change(async (tx) => {
    const expiresAt = fromNow(env.STORAGE_EXPORT_DAYS * DAY);
    await endExport(row.id, ["RUNNING"], { state: "DONE", tokenHash: linkHashOf(row.id), expiresAt }, tx);
    await enqueue(tx, "storage-export-expire", { exportId: row.id }, expiresAt);
    if (row.startedById) await enqueue(tx, "send-export-ready", { exportId: row.id, userId: row.startedById });
  });
  return true;
}

/**
 * Works on an export for a while, then leaves the rest to the next job; goes on with the parts that arrived before. One that is over, or
 * that another process works on, is left alone.
 *
 * @throws AppError UNAVAILABLE: another try goes on
 */
export async function continueExport(actor: SystemActor, { exportId }: { exportId: string }, slice = SLICE_OF_WORK): Promise<void> {
  const row = await findExportById(exportId);
  const held = row && (await HeldTransfer.claim("export", row));
  if (!held) return;
  const until = fromNow(slice);
  const outcome = await held.run({
    work: () => build(row, held, until),
    fail: async (tx, error) => {
      if (await endExport(exportId, ["RUNNING"], { state: "FAILED", error }, tx)) await enqueueClearing(tx, exportId);
    },
  });
  if (outcome === "paused") await inTransaction((tx) => enqueue(tx, "storage-export", { exportId }));
  // What was sent after somebody ended it.
  if (outcome === "over") await clearExport(actor, { exportId });
}

/** Ends an export that is under way. @throws AppError NOT_FOUND, CONFLICT when it is over */
export async function cancelExport(actor: MemberActor, { exportId }: { exportId: string }): Promise<void> {
  assertCan(actor, "storage.manage");
  await inTransaction(async (tx) => {
    if (!(await findExport(scopeOf(actor), exportId, tx))) throw notFoundError(NOUN);
    if (!(await endExport(exportId, ["QUEUED", "RUNNING"], { state: "FAILED", error: "It was cancelled." }, tx))) {
      throw new AppError("CONFLICT", "This export is over by now. The page shows it as it is.");
    }
    await enqueueClearing(tx, exportId);
    await recordAudit(tx, actor, { action: "storage.export-cancelled", subjectId: exportId });
  });
}

/** Withdraws the link of a finished export at once, and has its archive deleted. @throws AppError NOT_FOUND, CONFLICT */
export async function deleteExport(actor: MemberActor, { exportId }: { exportId: string }): Promise<void> {
  assertCan(actor, "storage.manage");
  await inTransaction(async (tx) => {
    if (!(await findExport(scopeOf(actor), exportId, tx))) throw notFoundError(NOUN);
    if (!(await endExport(exportId, ["DONE"], { state: "EXPIRED", expiresAt: new Date() }, tx))) {
      throw new AppError("CONFLICT", "This export has no archive any more. The page shows it as it is.");
    }
    await enqueueClearing(tx, exportId);
    await recordAudit(tx, actor, { action: "storage.export-deleted", subjectId: exportId });
  });
}

/**
 * Ends an export whose time is over, unless an import reads it right now, and deletes what the bucket has of one that is over. Running
 * twice changes nothing.
 *
 * @returns whether its archive is gone
 * @throws AppError UNAVAILABLE
 */
export async function clearExport(_actor: SystemActor, { exportId }: { exportId: string }): Promise<boolean> {
  const row = await findExportById(exportId);
  if (!row) return false;
  const { state, fileKey, expiresAt } = row;
  if (state === "QUEUED" || state === "RUNNING") return false;
  if (state === "DONE") {
    if (!expiresAt || expiresAt > new Date() || (await isArchiveRead(fileKey))) return false;
    await inTransaction((tx) => endExport(exportId, ["DONE"], { state: "EXPIRED", expiresAt }, tx));
  }
  // Uploads first: after that nothing can become an object any more.
  for (const place of archivePlaces) {
    for (const id of await listMultipartUploads(fileKey, place)) await abortMultipartUpload(fileKey, id, place);
    await deleteObject(fileKey, place);
  }
  return true;
}

/**
 * A short-lived address of the archive that a link leads to. Whoever has the link may fetch it.
 *
 * @throws AppError NOT_FOUND alike for a wrong, withdrawn and expired one, UNAVAILABLE
 */
export async function openExportLink(link: { id: string; secret: string }): Promise<{ url: string }> {
  const row = await findLinkedExport(link);
  const archive = row && (await findArchive(row.fileKey));
  if (!archive) throw notFoundError("This archive");
  const name = `${row.organization.slug}-${row.createdAt.toISOString().slice(0, 10)}.tar`;
  const answer = { contentType: "application/x-tar", contentDisposition: contentDisposition("attachment", name) };
  const url = await presignGet({ key: row.fileKey, ...answer, expiresInSeconds: ADDRESS_SECONDS }, archive.place);
  return { url };
}

/**
 * Mails the link to whoever asked for the export, unless it was deleted or they may no longer have it.
 *
 * @throws what the mail server answers; the job is then tried again
 */
export async function mailExportReady({ exportId, userId }: { exportId: string; userId: string }): Promise<void> {
  const row = await findExportById(exportId);
  const link = row && linkOf(row);
  const people = row ? await listPeopleWithRoles(row, rolesWith("storage.manage")) : [];
  const person = people.find(({ id }) => id === userId);
  if (!link || !person || !row.expiresAt) {
    logger.info({ exportId, userId }, "the export is gone, or not this person's any more; no mail");
    return;
  }
  const message = createElement(ExportReadyMail, {
    organization: row.organization.name,
    content: `${row.files === 1 ? "1 file" : `${row.files} files`}, ${formatBytes(row.bytes)}`,
    expires: expiryInWords(row.expiresAt, new Date()),
    link,
    page: new URL(`/o/${row.organization.slug}/admin/storage/transfer`, env.BETTER_AUTH_URL).href,
  });
  await sendMail({
    to: person.email,
    subject: `The export of ${row.organization.name} is ready`,
    html: await render(message),
    text: await render(message, { plainText: true }),
  });
}
