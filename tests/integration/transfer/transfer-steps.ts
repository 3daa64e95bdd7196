import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import type { MediaKind } from "@/lib/schemas/media";
import { exportLinkSchema } from "@/lib/schemas/storage-transfer";
import { coursesSchema, manifestSchema, sidecarSchema } from "@/lib/schemas/transfer-archive";
import { continueExport, startExport } from "@/lib/services/storage-export-service";
import { continueImport, startImport } from "@/lib/services/storage-import-service";
import { getTransferOverview } from "@/lib/services/storage-transfer-service";
import { completeUpload } from "@/lib/services/upload-completion-service";
import { createChapter, createCourse, createLesson, createMember, createOrganization, system } from "../../support/factories";
import { picture, sample, upload } from "../../support/uploads";

export const PART = 5 * 1024 ** 2;

/** An owner in an organization of their own. */
export async function createOwner(limitBytes = 1024n ** 3n): Promise<MemberActor> {
  return createMember(await createOrganization({ limitBytes }), "owner");
}

/** A finished upload. */
export async function uploaded(actor: MemberActor, kind: MediaKind, fileName: string, body: Uint8Array): Promise<string> {
  const { mediaFileId } = await upload(actor, kind, fileName, body);
  await completeUpload(actor, { mediaFileId });
  return mediaFileId;
}

/** Text that no two places of are alike, over two parts and a bit long. */
export function longText(): Buffer {
  const line = (index: number) => `${index} ${createHash("sha256").update(String(index)).digest("hex")}\n`;
  let text = "";
  for (let index = 0; text.length < 2 * PART + 1000; index += 1) text += line(index);
  return Buffer.from(text);
}

const paragraph = (text: string) => ({ type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text }] }] });

/** Two courses of every kind of content, and a file that nothing uses. */
export async function fill(actor: MemberActor) {
  const organization = await db.organization.findUniqueOrThrow({ where: { id: actor.organization.id } });
  const video = await uploaded(actor, "VIDEO", "Erste Übung.mp4", await sample("clip.mp4"));
  const notes = await uploaded(actor, "ATTACHMENT", "notes.txt", longText());
  const thumbnail = await uploaded(actor, "THUMBNAIL", "cover.png", await picture());
  const poster = await uploaded(actor, "POSTER", "poster.png", await picture("png", 96, 54));
  await uploaded(actor, "ATTACHMENT", "unused.txt", Buffer.from("nobody links this"));
  const first = await createCourse(organization, {
    slug: "first-steps",
    title: "First steps",
    summary: "In short",
    description: paragraph("A text with “quotes”."),
    level: "ADVANCED",
    category: "Basics",
    thumbnailId: thumbnail,
  });
  await createCourse(organization, { slug: "empty-course", title: "An empty course", status: "DRAFT" });
  const chapter = await createChapter(first, { title: "One" });
  await createChapter(first, { title: "Two, without lessons" });
  const lesson = await createLesson(first, {
    chapterId: chapter.id,
    title: "Watch",
    videoId: video,
    posterId: poster,
    body: paragraph("Do."),
  });
  await createLesson(first, { chapterId: chapter.id, title: "Read" });
  await db.lessonAttachment.create({ data: { lessonId: lesson.id, mediaFileId: notes, position: 0 } });
  return { video, notes, thumbnail, poster, courseId: first.id, lessonId: lesson.id };
}

export const exportRow = (id: string) => db.storageExport.findUniqueOrThrow({ where: { id } });
export const importRow = (id: string) => db.storageImport.findUniqueOrThrow({ where: { id } });

/** Starts an export, has it built, and gives its link. */
export async function exported(actor: MemberActor): Promise<{ id: string; link: string }> {
  const { id } = await startExport(actor, { leaveOutCold: false });
  await continueExport(system, { exportId: id });
  const view = (await getTransferOverview(actor)).exports.find((each) => each.id === id);
  if (!view?.link) throw new Error(`The export ended ${view?.state}: ${view?.error}`);
  return { id, link: view.link };
}

export const importing = (actor: MemberActor, link: string) => startImport(actor, { link: exportLinkSchema.parse(link) });

/** Imports to the end. */
export async function imported(actor: MemberActor, link: string): Promise<string> {
  const { id } = await importing(actor, link);
  await continueImport(system, { importId: id });
  return id;
}

/** What lies under a link, as the system's own tar unpacks it. */
export async function unpack(archive: Uint8Array) {
  const dir = mkdtempSync(join(tmpdir(), "transfer-"));
  try {
    writeFileSync(join(dir, "archive.tar"), archive);
    execFileSync("tar", ["-xf", "archive.tar"], { cwd: dir });
    const listed = execFileSync("tar", ["-tf", "archive.tar", "--quoting-style=literal"], { cwd: dir }).toString().trim().split("\n");
    const text = (name: string): unknown => JSON.parse(readFileSync(join(dir, name), "utf8"));
    const files = readdirSync(join(dir, "media"), { recursive: true, encoding: "utf8" }).filter((name) =>
      statSync(join(dir, "media", name)).isFile(),
    );
    const shaOf = (name: string) =>
      execFileSync("sha256sum", [name], { cwd: join(dir, "media") })
        .toString()
        .slice(0, 64)
        .replace(/^\\/, "");
    return {
      listed,
      sidecar: sidecarSchema.parse(text("sidecar.json")),
      courses: coursesSchema.parse(text("courses.json")),
      manifest: manifestSchema.parse(text("manifest.json")),
      sums: Object.fromEntries(files.map((name) => [`media/${name}`, shaOf(name)])),
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
export type Unpacked = Awaited<ReturnType<typeof unpack>>;

/** An archive's content with its files named by what they are, so that two organizations' archives can be compared. */
export function withoutIds({ courses, manifest, sums }: Unpacked): unknown {
  const names = new Map(manifest.files.map(({ id, kind, fileName }) => [id, `${kind} ${fileName}`]));
  const text = JSON.stringify({ courses: courses.courses.map((course) => ({ ...course, status: null })) });
  const used = manifest.files.filter(({ id }) => text.includes(id));
  const named = (value: string) => [...names].reduce((all, [id, name]) => all.replaceAll(id, name), value);
  return z.json().parse({
    courses: JSON.parse(named(text)) as unknown,
    files: used
      .map(({ id: _id, path, ...file }) => ({ ...file, path: named(path), sum: sums[path] }))
      .toSorted((one, other) => (one.path < other.path ? -1 : 1)),
  });
}
