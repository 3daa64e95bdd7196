import { z } from "zod";
import { idSchema } from "../core/id";
import { slugSchema } from "../core/slug";
import { chapterTitleSchema, MAX_CHAPTERS, MAX_LESSONS } from "./chapter";
import { courseLevels, courseStatuses, courseTitleSchema } from "./course";
import { lessonTitleSchema, MAX_ATTACHMENTS } from "./lesson";
import { mediaKindSchema } from "./media";
import { optionalRichTextSchema } from "./rich-text";
import { cleanFileName } from "./upload";

/** Raised by every change that an older reader would misunderstand. */
export const ARCHIVE_VERSION = 1;
/** More courses or files than this are no organization's; they bound what reading a hostile archive takes. */
const MAX_COURSES = 5_000;
const MAX_FILES = 100_000;
/** What one document of an archive may weigh; bytes. */
export const MAX_DOCUMENT_BYTES = 128 * 1024 ** 2;

/** `sidecar.json`: what this is. */
export const sidecarSchema = z.object({
  format: z.literal("sidecar-export"),
  version: z.number(),
  organization: z.object({ name: z.string().min(1).max(200), slug: slugSchema }),
  exportedAt: z.iso.datetime(),
});
export type SidecarDocument = z.output<typeof sidecarSchema>;

const lessonSchema = z.object({
  title: lessonTitleSchema,
  body: optionalRichTextSchema,
  video: idSchema.nullable(),
  poster: idSchema.nullable(),
  attachments: z.array(idSchema).max(MAX_ATTACHMENTS),
});

const courseSchema = z
  .object({
    title: courseTitleSchema,
    slug: slugSchema,
    summary: z.string().max(280),
    description: optionalRichTextSchema,
    level: z.enum(courseLevels),
    category: z.string().max(60),
    /** For people: what is imported is a draft */
    status: z.enum(courseStatuses),
    thumbnail: idSchema.nullable(),
    chapters: z.array(z.object({ title: chapterTitleSchema, lessons: z.array(lessonSchema).max(MAX_LESSONS) })).max(MAX_CHAPTERS),
  })
  .refine(
    ({ chapters }) => chapters.reduce((sum, { lessons }) => sum + lessons.length, 0) <= MAX_LESSONS,
    "A course has too many lessons.",
  );

/** `courses.json`: everything that authors wrote, in its order; files by their ids in the manifest. */
export const coursesSchema = z.object({ courses: z.array(courseSchema).max(MAX_COURSES) });
export type CoursesDocument = z.output<typeof coursesSchema>;

const described = {
  id: idSchema,
  kind: mediaKindSchema,
  fileName: z.string().min(1).max(1024).transform(cleanFileName),
  bytes: z.int().min(1),
};

const fileSchema = z.object({
  ...described,
  path: z.string().max(1024),
  type: z.string().max(255),
  /** SHA-256, base64; of a file that was uploaded in parts the composite `<digest>-<parts>`; null when it was never known */
  sha256: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=(-[1-9][0-9]{0,4})?$/)
    .nullable(),
  /** Bytes of each part but the last, for the composite; null when it went whole */
  partSize: z.int().positive().nullable(),
  durationMs: z.int().nonnegative().nullable(),
  width: z.int().positive().nullable(),
  height: z.int().positive().nullable(),
});
export type ArchivedFile = z.output<typeof fileSchema>;

/** `manifest.json`: every file with its place in the archive and its sum, in the archive's order, and what was left out. */
export const manifestSchema = z.object({
  files: z.array(fileSchema).max(MAX_FILES),
  leftOut: z.array(z.object({ ...described, reason: z.string().max(100) })).max(MAX_FILES),
});
export type ManifestDocument = z.output<typeof manifestSchema>;

/** The paths of the documents, in the order in which they begin an archive. */
export const documentPaths = ["sidecar.json", "courses.json", "manifest.json"] as const;

/** Bytes that a name inside a folder may take: file systems take 255. */
const MAX_NAME_BYTES = 200;

/** Where a file stands in an archive. The kind and the id make it unique, the name is for whoever unpacks it. */
export function archivePath({ kind, id, fileName }: { kind: string; id: string; fileName: string }): string {
  const clean = cleanFileName(fileName).replace(/^\.+$/, "file");
  const bytesOf = (text: string) => new TextEncoder().encode(text).length;
  const extension = /\.[A-Za-z0-9]{1,16}$/.exec(clean)?.[0] ?? "";
  let stem = Array.from(clean.slice(0, clean.length - extension.length));
  while (bytesOf(stem.join("") + extension) > MAX_NAME_BYTES) stem = stem.slice(0, -1);
  return `media/${kind.toLowerCase()}/${id}/${stem.join("")}${extension}`;
}

/** Ids of the files that courses use, in the order of their first use. */
export function filesOfCourses({ courses }: CoursesDocument): Set<string> {
  const ids = courses.flatMap(({ thumbnail, chapters }) => [
    thumbnail,
    ...chapters.flatMap(({ lessons }) => lessons.flatMap(({ video, poster, attachments }) => [video, poster, ...attachments])),
  ]);
  return new Set(ids.filter((id) => id !== null));
}
