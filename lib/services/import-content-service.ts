import "server-only";
import pLimit from "p-limit";
import { bareEtag } from "../clients/bucket";
import { deleteObject, readObject } from "../clients/object-store";
import { readExactly } from "../clients/read-exactly";
import { sendObject, WrongContent } from "../clients/send-object";
import { placeNamed } from "../clients/store-place";
import { AppError } from "../core/app-error";
import { newId } from "../core/id";
import { inspectFile } from "../core/inspection/inspect-file";
import type { ByteSource } from "../core/inspection/inspection";
import { planParts } from "../core/part-plan";
import { freeSlug } from "../core/slug";
import { findMediaFile, lockMediaFile, type LedgerRow } from "../data/media-file";
import { moveBytes } from "../data/storage-account";
import { endImport, type ImportRow } from "../data/storage-transfer";
import { finishCopies, insertCourses, listCopies, listCourseSlugs, settleCopy } from "../data/transfer-content";
import { inTransaction } from "../data/transaction";
import type { SystemActor } from "../policies/actor";
import { isPictureKind } from "../schemas/media";
import { findMediaType } from "../schemas/media-type";
import type { ArchivedFile, CoursesDocument } from "../schemas/transfer-archive";
import { recordAudit } from "./audit-service";
import { storeVariants } from "./image-service";
import { expectReplica } from "./replica-due-service";
import { findArchive, TransferLost, type HeldTransfer } from "./storage-transfer-service";
import { watchStorageLevel } from "./storage-warning-service";
import type { OpenArchive } from "./transfer-archive-service";

/** Files that are worked on at a time, and their parts in memory. */
const FILES = 3;
const PARTS = 3;
/** A file that was uploaded whole goes whole up to this; bytes. */
const WHOLE = 64 * 1024 ** 2;
/** Writing thousands of lessons takes its time; seconds. */
const FINISH_SECONDS = 60;

/** How a file is cut, and the sum that it must have then. The sum of parts says nothing of the whole, nor the other way round. */
export function sendingOf({ bytes, partSize, sha256 }: ArchivedFile): { partBytes: number | null; checksum: string | null } {
  if (partSize !== null) return { partBytes: partSize, checksum: sha256?.includes("-") ? sha256 : null };
  if (bytes > WHOLE) return { partBytes: planParts(bytes).partSize, checksum: null };
  return { partBytes: null, checksum: sha256 === null || /-(?!1$)/.test(sha256) ? null : sha256 };
}

const unusable = (file: ArchivedFile, why: string, log?: string) =>
  new AppError("REJECTED", `“${file.fileName}” in the archive ${why}.`, { log });

/** Reads the archive in its bucket. @returns null when there is none (any more) */
export async function openStoredArchive(archiveKey: string): Promise<ByteSource | null> {
  const archive = await findArchive(archiveKey);
  if (!archive) return null;
  const source = { key: archiveKey, etag: bareEtag(archive.object.etag) };
  const read = async (start: number, end: number) => {
    const bytes = await readExactly(source, { start, end }, archive.place);
    if (!bytes) throw new AppError("REJECTED", "The archive was deleted while it was imported.");
    return bytes;
  };
  return { size: archive.object.bytes, read };
}

/** One process's work on one import: the content of an archive that was found to be right, on its way into an organization. */
export class ImportWork {
  readonly #row: ImportRow;
  readonly #archive: OpenArchive;
  readonly #source: ByteSource;
  readonly #held: HeldTransfer;
  readonly #parts = pLimit(PARTS);
  /** Bytes of each file that have arrived */
  readonly #done = new Map<string, number>();

  constructor(row: ImportRow, archive: { open: OpenArchive; source: ByteSource }, held: HeldTransfer) {
    this.#row = row;
    this.#archive = archive.open;
    this.#source = archive.source;
    this.#held = held;
  }

  /**
   * Copies what has not arrived yet, then writes the courses: all or nothing of it shows.
   *
   * @returns false when `mayGoOn` ended it before
   * @throws AppError REJECTED, QUOTA_EXCEEDED: no other try would do better; UNAVAILABLE
   */
  async work(actor: SystemActor, mayGoOn: () => boolean): Promise<boolean> {
    const copies = new Map((await listCopies(this.#row.id)).map((copy) => [copy.sourceId, copy]));
    const files = this.#archive.manifest.files.filter(({ id }) => copies.has(id));
    if (files.length !== copies.size)
      throw new AppError("REJECTED", "This is not the archive that this import began with. Import it anew.");
    for (const { id, bytes } of files) if (copies.get(id)?.doneAt) this.#done.set(id, bytes);
    const limit = pLimit(FILES);
    let failed = false;
    const one = async (file: ArchivedFile): Promise<boolean> => {
      const copy = copies.get(file.id);
      if (!copy || copy.doneAt) return true;
      if (failed || !mayGoOn()) return false;
      try {
        return await this.#copy(file, copy.mediaFileId, () => !failed && mayGoOn());
      } catch (error) {
        failed = true;
        throw error;
      }
    };
    const results = await Promise.allSettled(files.map((file) => limit(one, file)));
    const failure = results.find((result) => result.status === "rejected");
    if (failure) throw failure.reason;
    if (results.some((result) => result.status === "fulfilled" && !result.value)) return false;
    await this.#finish(actor, new Map([...copies].map(([sourceId, { mediaFileId }]) => [sourceId, mediaFileId])));
    return true;
  }

  #beat(fileId: string, bytes: number): Promise<void> {
    this.#done.set(fileId, bytes);
    return this.#held.beat([...this.#done.values()].reduce((sum, each) => sum + each, 0));
  }

  /** @throws TransferLost when the file is no longer to be filled */
  async #findPending(mediaFileId: string): Promise<LedgerRow> {
    const row = await findMediaFile(this.#row, mediaFileId);
    if (row?.state !== "PENDING") throw new TransferLost();
    return row;
  }

  async #copy(file: ArchivedFile, mediaFileId: string, mayGoOn: () => boolean): Promise<boolean> {
    const row = await this.#findPending(mediaFileId);
    try {
      const sent = await this.#send(file, row, mayGoOn);
      if (!sent) return false;
      const { verifiedType, durationMs, width, height } = await this.#inspect(file, row, sent.etag);
      const blurDataUrl = isPictureKind(file.kind) ? await storeVariants(row) : undefined;
      const found = { verifiedType, etag: sent.etag, checksum: sent.checksum, durationMs, width, height, blurDataUrl };
      await this.#held.change((tx) => settleCopy(this.#row, this.#row.id, { sourceId: file.id, mediaFileId, found }, tx));
      return true;
    } catch (error) {
      if (error instanceof TransferLost) await this.#dropStray(row);
      throw error;
    }
  }

  async #send(file: ArchivedFile, row: LedgerRow, mayGoOn: () => boolean) {
    const { header, contentAt } = this.#archive.placeOf(file.id);
    const there = await this.#source.read(header.at, header.at + header.bytes.length);
    if (Buffer.compare(there, header.bytes) !== 0) throw unusable(file, "is not where its list of files says");
    const object = { key: row.fileKey, bytes: file.bytes, contentType: file.type, ...sendingOf(file) };
    try {
      const sending = {
        read: (start: number, end: number) => this.#source.read(contentAt + start, contentAt + end),
        limit: this.#parts,
        mayGoOn,
        onProgress: (bytes: number) => this.#beat(file.id, bytes),
      };
      // Uploads may go to another bucket by now than when the row was written.
      return await sendObject(object, sending, placeNamed(row.store));
    } catch (error) {
      if (error instanceof WrongContent) throw unusable(file, "is damaged: it is not what was exported", error.message);
      throw error;
    }
  }

  /** What an upload must pass, this must as well. */
  async #inspect(file: ArchivedFile, row: LedgerRow, etag: string) {
    const promised = findMediaType(file.kind, file.type);
    if (!promised) throw unusable(file, "is of a type that is not accepted here");
    const place = placeNamed(row.store);
    const source = { size: file.bytes, read: (start: number, end: number) => readObject(row.fileKey, { start, end, etag }, place) };
    const found = await inspectFile(source, { fileName: file.fileName, type: promised.type, family: promised.family });
    if (!found.ok) throw new AppError("REJECTED", `“${file.fileName}” in the archive can't be used here. ${found.message}`);
    return found;
  }

  /** Deletes what arrived after the file was given up. */
  #dropStray(row: LedgerRow): Promise<void> {
    return inTransaction(async (tx) => {
      const current = await lockMediaFile(row, row.id, tx);
      if (current?.state === "PURGED") await deleteObject(row.fileKey, placeNamed(row.store));
    });
  }

  /** In one transaction: files and courses appear together, or not at all. */
  async #finish(actor: SystemActor, idOf: ReadonlyMap<string, string>): Promise<void> {
    const { id, organizationId, startedById, sourceName } = this.#row;
    await this.#held.change(async (tx) => {
      const bytes = await finishCopies(this.#row, [...idOf.values()], tx);
      await moveBytes(this.#row, { reserved: -bytes, used: bytes }, tx);
      await expectReplica(tx, this.#row, { ids: [...idOf.values()] });
      await watchStorageLevel(tx, this.#row);
      const taken = await listCourseSlugs(this.#row, tx);
      const now = Date.now();
      const { courses } = mapFiles(this.#archive.courses, idOf);
      const rows = courses.map((course, index) => {
        const slug = freeSlug(course.slug, taken);
        taken.push(slug);
        // A millisecond apart: lists keep the order of the archive.
        return { ...course, slug, id: newId(), createdAt: new Date(now + index) };
      });
      await insertCourses(this.#row, { courses: rows, editedById: startedById, newId }, tx);
      await endImport(id, { state: "DONE" }, tx);
      const after = { from: sourceName, courses: rows.length, files: idOf.size, bytes: Number(bytes) };
      await recordAudit(tx, actor, { action: "storage.imported", subjectId: id, organizationId, after });
    }, FINISH_SECONDS);
  }
}

/** The same courses with the new files in place of the archive's. */
function mapFiles({ courses }: CoursesDocument, idOf: ReadonlyMap<string, string>): CoursesDocument {
  const own = (id: string | null) => (id === null ? null : (idOf.get(id) ?? null));
  return {
    courses: courses.map((course) => ({
      ...course,
      thumbnail: own(course.thumbnail),
      chapters: course.chapters.map((chapter) => ({
        ...chapter,
        lessons: chapter.lessons.map((lesson) => ({
          ...lesson,
          video: own(lesson.video),
          poster: own(lesson.poster),
          attachments: lesson.attachments.flatMap((id) => own(id) ?? []),
        })),
      })),
    })),
  };
}
