import "server-only";
import pLimit from "p-limit";
import { z } from "zod";
import { bareEtag } from "../clients/bucket";
import { readExactly } from "../clients/read-exactly";
import { placeNamed } from "../clients/store-place";
import { AppError } from "../core/app-error";
import { formatBytes } from "../core/bytes";
import { readExportLayout, type ExportRow } from "../data/storage-transfer";
import { findSources, listSources, readAllCourses, type SourceRow } from "../data/transfer-content";
import type { Db, TenantScope } from "../data/transaction";
import type { MemberActor } from "../policies/actor";
import { isAtHand } from "../policies/media-tier-policy";
import { optionalRichTextSchema } from "../schemas/rich-text";
import {
  ARCHIVE_VERSION,
  archivePath,
  documentPaths,
  MAX_DOCUMENT_BYTES,
  type ArchivedFile,
  type CoursesDocument,
  type ManifestDocument,
} from "../schemas/transfer-archive";
import { layoutOf, writeDocuments } from "./transfer-archive-service";

/** Small files of one part that are read at a time. */
const PARALLEL = 6;

const layoutSchema = z.object({
  exportedAt: z.iso.datetime(),
  documents: z.array(z.string()).length(documentPaths.length),
  files: z.array(
    z.object({
      id: z.string(),
      fileName: z.string(),
      path: z.string(),
      bytes: z.int(),
      sha256: z.string().nullable(),
      etag: z.string().nullable(),
    }),
  ),
});
type ExportLayout = z.output<typeof layoutSchema>;
type FrozenFile = ExportLayout["files"][number];

/** Why a file can't be in an archive; null when it can. */
function leftOutFor(row: SourceRow): "MISSING" | "ARCHIVED" | null {
  if (row.state === "MISSING") return "MISSING";
  return isAtHand(row) ? null : "ARCHIVED";
}

function describe(row: SourceRow): ArchivedFile {
  const { id, kind, fileName, declaredType: type, checksum: sha256, durationMs, width, height } = row;
  const bytes = Number(row.bytes);
  const partSize = row.partSize !== null && row.partSize < bytes ? row.partSize : null;
  return { id, path: archivePath(row), kind, fileName, type, bytes, sha256, partSize, durationMs, width, height };
}

type CourseRow = Awaited<ReturnType<typeof readAllCourses>>[number];

/** Files that are not in the manifest, such as one that is released right now, are not named. */
function describeCourses(rows: readonly CourseRow[], known: ReadonlySet<string>): CoursesDocument {
  const ifKnown = (id: string | null) => (id !== null && known.has(id) ? id : null);
  return {
    courses: rows.map(({ thumbnailId, description, chapters, ...course }) => ({
      ...course,
      description: optionalRichTextSchema.parse(description),
      thumbnail: ifKnown(thumbnailId),
      chapters: chapters.map(({ title, lessons }) => ({
        title,
        lessons: lessons.map(({ videoId, posterId, attachments, body, ...lesson }) => ({
          ...lesson,
          body: optionalRichTextSchema.parse(body),
          video: ifKnown(videoId),
          poster: ifKnown(posterId),
          attachments: attachments.flatMap(({ mediaFileId }) => ifKnown(mediaFileId) ?? []),
        })),
      })),
    })),
  };
}

/**
 * Writes down what an export of the organization holds at this moment: from then on every byte of its archive is fixed.
 *
 * @throws AppError REJECTED when videos can't be read at once and may not be left out, or the texts are beyond all measure
 */
export async function planExport(
  { organization }: MemberActor,
  { leaveOutCold }: { leaveOutCold: boolean },
  tx: Db,
): Promise<{ layout: ExportLayout; bytes: number; files: number }> {
  const scope = { organizationId: organization.id };
  // Courses first: a file that they name was there before, or is not named.
  const rows = await readAllCourses(scope, tx);
  const sources = await listSources(scope, tx);
  const cold = sources.filter((row) => leftOutFor(row) === "ARCHIVED");
  if (cold.length > 0 && !leaveOutCold) {
    const bytes = formatBytes(cold.reduce((sum, file) => sum + file.bytes, 0n));
    const what = cold.length === 1 ? `1 archived file (${bytes}) can't` : `${cold.length} archived files (${bytes}) can't`;
    throw new AppError("REJECTED", `${what} be read at once. Restore their courses first, or export without them.`);
  }
  const warm = sources.filter((row) => leftOutFor(row) === null);
  const files = warm.map(describe);
  const leftOut = sources.flatMap((row) => {
    const reason = leftOutFor(row);
    const { id, kind, fileName, bytes } = describe(row);
    return reason ? [{ id, kind, fileName, bytes, reason }] : [];
  });
  const exportedAt = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();
  const manifest: ManifestDocument = { files, leftOut };
  const documents = writeDocuments({
    sidecar: {
      format: "sidecar-export",
      version: ARCHIVE_VERSION,
      organization: { name: organization.name, slug: organization.slug },
      exportedAt,
    },
    courses: describeCourses(rows, new Set(sources.map(({ id }) => id))),
    manifest,
  });
  const sizes = documents.map((text) => Buffer.byteLength(text));
  if (sizes.some((size) => size > MAX_DOCUMENT_BYTES)) {
    throw new AppError("REJECTED", `The texts of all courses are more than the ${formatBytes(MAX_DOCUMENT_BYTES)} that an archive takes.`);
  }
  const etags = new Map(warm.map(({ id, etag }) => [id, etag]));
  const frozen = files.map(({ id, fileName, path, bytes, sha256 }) => ({ id, fileName, path, bytes, sha256, etag: etags.get(id) ?? null }));
  const { bytes } = layoutOf(sizes, files, new Date(exportedAt));
  return { layout: { exportedAt, documents, files: frozen }, bytes, files: files.length };
}

/** Its content by what the ledger knows of it, wherever it lies by now. */
function isSame(row: SourceRow, file: FrozenFile): boolean {
  if (Number(row.bytes) !== file.bytes) return false;
  return file.sha256 === null ? row.etag === file.etag : row.checksum === file.sha256;
}

/** @throws AppError REJECTED when the file is gone, or is another one by now */
async function readSource(scope: TenantScope, file: FrozenFile, range: { start: number; end: number }): Promise<Uint8Array> {
  // Twice: between the look at the row and the read, the file may have been moved to another bucket.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const [row] = await findSources(scope, [file.id]);
    if (!row || !isSame(row, file)) break;
    const source = { key: row.fileKey, etag: row.etag === null ? null : bareEtag(row.etag) };
    const bytes = await readExactly(source, range, placeNamed(row.store));
    if (bytes) return bytes;
  }
  throw new AppError("REJECTED", `“${file.fileName}” was deleted or changed while the archive was made. Export again.`, { log: file.path });
}

/**
 * Reads any range of an export's archive before there is one: its headers and documents as they were fixed, its files from where they lie.
 * Null when the export is over.
 *
 * @returns `read`, which throws AppError REJECTED when a file is gone or changed, UNAVAILABLE
 */
export async function openExport(row: ExportRow): Promise<((start: number, end: number) => Promise<Uint8Array>) | null> {
  const stored = await readExportLayout(row.id);
  if (stored === null) return null;
  const { exportedAt, documents, files } = layoutSchema.parse(stored);
  const texts = documents.map((text) => Buffer.from(text));
  const layout = layoutOf(
    texts.map(({ length }) => length),
    files,
    new Date(exportedAt),
  );
  return async (start, end) => {
    const limit = pLimit(PARALLEL);
    const whole = new Uint8Array(end - start);
    const reads: Promise<void>[] = [];
    let at = 0;
    for (const piece of layout.piecesOf(start, end)) {
      const place = at;
      if ("bytes" in piece) {
        whole.set(piece.bytes, place);
        at += piece.bytes.length;
        continue;
      }
      at += piece.end - piece.start;
      const text = texts[piece.member];
      const file = files[piece.member - texts.length];
      if (text) whole.set(text.subarray(piece.start, piece.end), place);
      else if (file) reads.push(limit(async () => whole.set(await readSource(row, file, piece), place)));
    }
    await Promise.all(reads);
    return whole;
  };
}
