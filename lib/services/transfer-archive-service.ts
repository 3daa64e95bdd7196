import "server-only";
import type { z } from "zod";
import { AppError } from "../core/app-error";
import { formatBytes } from "../core/bytes";
import type { ByteSource } from "../core/inspection/inspection";
import { MAX_PARTS } from "../core/part-plan";
import { readTarSize, TAR_BLOCK, tarHeaderBytes, tarPadding } from "../core/tar";
import { TarLayout } from "../core/tar-layout";
import type { MediaKind } from "../schemas/media";
import { findMediaType } from "../schemas/media-type";
import {
  ARCHIVE_VERSION,
  archivePath,
  coursesSchema,
  documentPaths,
  manifestSchema,
  MAX_DOCUMENT_BYTES,
  sidecarSchema,
  type ArchivedFile,
  type CoursesDocument,
  type ManifestDocument,
  type SidecarDocument,
} from "../schemas/transfer-archive";

/** What a part of an upload may be. Amazon S3 User Guide, "Amazon S3 multipart upload limits": at least 5 MiB; above, memory is what limits. */
const PART_BYTES = { least: 5 * 1024 ** 2, most: 128 * 1024 ** 2 };

export type Documents = { sidecar: SidecarDocument; courses: CoursesDocument; manifest: ManifestDocument };

/** The documents as they stand in the archive, in its order. */
export function writeDocuments({ sidecar, courses, manifest }: Documents): string[] {
  return [sidecar, courses, manifest].map((document) => `${JSON.stringify(document, null, 1)}\n`);
}

/** Where everything stands in an archive of these documents and files. */
export function layoutOf(documentBytes: readonly number[], files: readonly { path: string; bytes: number }[], exportedAt: Date): TarLayout {
  const documents = documentPaths.map((path, index) => ({ path, bytes: documentBytes[index] ?? 0 }));
  return new TarLayout([...documents, ...files.map(({ path, bytes }) => ({ path, bytes }))], exportedAt);
}

const refused = (why: string, log?: string) => new AppError("REJECTED", `This archive can't be imported: ${why}.`, { log });

async function readDocument(source: ByteSource, at: number): Promise<{ text: string; bytes: number }> {
  if (at + TAR_BLOCK > source.size) throw refused("it is no export of Sidecar, or was cut off");
  const bytes = readTarSize(await source.read(at, at + TAR_BLOCK));
  const start = at + TAR_BLOCK;
  if (bytes === null || bytes === 0 || start + bytes > source.size) throw refused("it is no export of Sidecar, or was cut off");
  if (bytes > MAX_DOCUMENT_BYTES) throw refused(`a description in it has ${formatBytes(bytes)}`);
  return { text: new TextDecoder().decode(await source.read(start, start + bytes)), bytes };
}

function parse<T extends z.ZodType>(path: string, schema: T, text: string): z.output<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError("REJECTED", `This archive can't be imported: its ${path} is damaged.`, { cause });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refused(`its ${path} is not as it should be`, `${issue?.path.join(".")}: ${issue?.message}`);
}

function assertFile(file: ArchivedFile): void {
  const { fileName, kind, type, bytes, partSize } = file;
  if (file.path !== archivePath(file)) throw refused(`“${fileName}” is not where it should be`, file.path);
  if (!findMediaType(kind, type)) throw refused(`“${fileName}” is of a type that is not accepted here`, type);
  if (partSize === null) return;
  const { least, most } = PART_BYTES;
  if (partSize < least || partSize > most || partSize >= bytes || Math.ceil(bytes / partSize) > MAX_PARTS) {
    throw refused(`“${fileName}” was cut in a way that no upload is`, `${bytes} in parts of ${partSize}`);
  }
}

/** Every file that a course names is there, of the right kind; what was left out is no longer named. */
function resolveFiles({ courses }: CoursesDocument, { files, leftOut }: ManifestDocument): CoursesDocument {
  const kinds = new Map(files.map(({ id, kind }) => [id, kind]));
  const missing = new Set(leftOut.map(({ id }) => id));
  const use = (id: string | null, kind: MediaKind): string | null => {
    if (id === null || missing.has(id)) return null;
    if (kinds.get(id) !== kind) throw refused("a lesson names a file that is not in it", id);
    return id;
  };
  return {
    courses: courses.map((course) => ({
      ...course,
      thumbnail: use(course.thumbnail, "THUMBNAIL"),
      chapters: course.chapters.map((chapter) => ({
        ...chapter,
        lessons: chapter.lessons.map((lesson) => ({
          ...lesson,
          video: use(lesson.video, "VIDEO"),
          poster: use(lesson.poster, "POSTER"),
          attachments: lesson.attachments.flatMap((id) => use(id, "ATTACHMENT") ?? []),
        })),
      })),
    })),
  };
}

/** An archive that was found to be whole and harmless. */
export type OpenArchive = Documents & {
  /** The header of a file, which must be exactly that, and its content */
  placeOf: (fileId: string) => { header: { at: number; bytes: Uint8Array }; contentAt: number };
};

/**
 * Reads what an archive says of itself, and checks all of it before anything is done: that we know its version, that its texts and files
 * are such as could be made here, and that it has exactly the length that follows. Of the files themselves nothing is read yet. It may
 * come from anywhere: nothing in it is believed.
 *
 * @throws AppError REJECTED with what is wrong; whatever `source.read` throws
 */
export async function openArchive(source: ByteSource): Promise<OpenArchive> {
  const sizes: number[] = [];
  const texts: string[] = [];
  let at = 0;
  for (const path of documentPaths) {
    const { text, bytes } = await readDocument(source, at);
    at += tarHeaderBytes({ path, bytes }) + bytes + tarPadding(bytes);
    sizes.push(bytes);
    texts.push(text);
  }
  const [first = "", second = "", third = ""] = texts;
  const sidecar = parse("sidecar.json", sidecarSchema, first);
  if (sidecar.version !== ARCHIVE_VERSION)
    throw refused(`it is of version ${sidecar.version}; this Sidecar reads version ${ARCHIVE_VERSION}`);
  const manifest = parse("manifest.json", manifestSchema, third);
  manifest.files.forEach(assertFile);
  if (new Set(manifest.files.map(({ id }) => id)).size !== manifest.files.length) throw refused("it holds a file twice");
  const courses = resolveFiles(parse("courses.json", coursesSchema, second), manifest);
  const layout = layoutOf(sizes, manifest.files, new Date(sidecar.exportedAt));
  if (layout.bytes !== source.size) throw refused("it does not have the length that its list of files makes; it was cut off or changed");
  const indexes = new Map(manifest.files.map(({ id }, index) => [id, index + documentPaths.length]));
  const placeOf = (fileId: string) => {
    const index = indexes.get(fileId);
    if (index === undefined) throw new RangeError(`the archive has no file ${fileId}`);
    return { header: layout.header(index), contentAt: layout.contentAt(index) };
  };
  return { sidecar, courses, manifest, placeOf };
}
