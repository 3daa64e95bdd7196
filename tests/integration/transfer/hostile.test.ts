import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readObject } from "@/lib/clients/object-store";
import { tarHeader, tarPadding } from "@/lib/core/tar";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import type { CoursesDocument, ManifestDocument, SidecarDocument } from "@/lib/schemas/transfer-archive";
import { importFromFile } from "@/lib/services/storage-import-service";
import { system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { sample, sha256Of, storageOf } from "../../support/uploads";
import { unreadable } from "../storage/move-steps";
import { keys } from "../storage/sweep-steps";
import { createOwner, exported, exportRow, fill } from "./transfer-steps";

vi.mock("@/lib/core/part-plan", () => import("../../support/small-parts"));

const dir = mkdtempSync(join(tmpdir(), "hostile-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let victim: MemberActor;
let clip: Buffer;
const exportedAt = "2026-11-01T10:00:00.000Z";
const id = "0197b2a4-7c1e-4f7a-9d3e-2b6a1c9e8f01";

beforeAll(async () => {
  victim = await createOwner();
  clip = await sample("clip.mp4");
});

type Forged = { sidecar: SidecarDocument; courses: CoursesDocument; manifest: ManifestDocument; body: Uint8Array; headerPath: string };

/** An archive of one course with one video, right in all unless it is changed. */
function forge(change: (archive: Forged) => void = () => undefined): Buffer {
  const path = `media/video/${id}/clip.mp4`;
  const file = { id, path, kind: "VIDEO" as const, fileName: "clip.mp4", type: "video/mp4", bytes: clip.length, sha256: sha256Of(clip) };
  const lesson = { title: "Watch", body: null, video: id, poster: null, attachments: [] };
  const archive: Forged = {
    sidecar: { format: "sidecar-export", version: 1, organization: { name: "Elsewhere", slug: "elsewhere" }, exportedAt },
    courses: {
      courses: [
        {
          title: "Forged",
          slug: "forged",
          summary: "",
          description: null,
          level: "BEGINNER",
          category: "",
          status: "PUBLISHED",
          thumbnail: null,
          chapters: [{ title: "One", lessons: [lesson] }],
        },
      ],
    },
    manifest: { files: [{ ...file, partSize: null, durationMs: null, width: null, height: null }], leftOut: [] },
    body: clip,
    headerPath: path,
  };
  change(archive);
  const members: [string, Uint8Array][] = [
    ["sidecar.json", Buffer.from(JSON.stringify(archive.sidecar))],
    ["courses.json", Buffer.from(JSON.stringify(archive.courses))],
    ["manifest.json", Buffer.from(JSON.stringify(archive.manifest))],
    [archive.headerPath, archive.body],
  ];
  const blocks = members.flatMap(([name, bytes]) => [
    tarHeader({ path: name, bytes: bytes.length }, new Date(exportedAt)),
    bytes,
    new Uint8Array(tarPadding(bytes.length)),
  ]);
  return Buffer.concat([...blocks, new Uint8Array(1024)]);
}

const bring = (archive: Buffer, org = victim.organization.slug) =>
  importFromFile(system, {
    org,
    archive: { size: archive.length, read: async (start, end) => archive.subarray(start, end) },
  });

const only = <T>(items: T[]): T => {
  const [item] = items;
  if (!item) throw new Error("There is none.");
  return item;
};
const fileOf = ({ manifest }: Forged) => only(manifest.files);
const lessonOf = ({ courses }: Forged) => only(only(only(courses.courses).chapters).lessons);

describe("an archive from elsewhere", () => {
  test("that is right is imported as a draft", async () => {
    const heir = await createOwner();
    expect(await bring(forge(), heir.organization.slug)).toEqual({ state: "DONE", error: null, courses: 1, files: 1, bytes: clip.length });
    const course = await db.course.findFirstOrThrow({ where: { organizationId: heir.organization.id }, include: { lessons: true } });
    expect(course).toMatchObject({ title: "Forged", slug: "forged", status: "DRAFT", publishedAt: null });
    expect(await db.mediaFile.findFirst({ where: { id: course.lessons[0]?.videoId ?? "" } })).toMatchObject({
      durationMs: 3000,
      width: 320,
    });
  });

  test.each<[string, (archive: Forged) => void, string]>([
    ["of a version to come", (each) => void (each.sidecar.version = 2), "it is of version 2"],
    ["with a path that leads outside", (each) => void (fileOf(each).path = "../../etc/passwd"), "is not where it should be"],
    ["with an id that leads outside", (each) => void (fileOf(each).id = "../../../x"), "manifest.json is not as it should be"],
    ["with a page in place of a video", (each) => void (fileOf(each).type = "text/html"), "of a type that is not accepted"],
    ["with a size that is a lie", (each) => void (fileOf(each).bytes = 9_000_000), "does not have the length"],
    ["with parts of one byte", (each) => void (fileOf(each).partSize = 1), "cut in a way that no upload is"],
    ["with a file twice", (each) => void each.manifest.files.push(fileOf(each)), "holds a file twice"],
    [
      "with a lesson that names a file of somebody",
      (each) => void (lessonOf(each).video = "0197b2a4-7c1e-4f7a-9d3e-000000000000"),
      "not in it",
    ],
    ["with a video in place of a download", (each) => void (lessonOf(each).attachments = [id]), "not in it"],
    ["with a script in a link", (each) => void Object.assign(lessonOf(each), { body: scripted() }), "courses.json is not as it should be"],
    [
      "with texts nested without end",
      (each) => void Object.assign(lessonOf(each), { body: nested() }),
      "courses.json is not as it should be",
    ],
    ["with a million lessons", tooMany, "courses.json is not as it should be"],
  ])("%s is refused before anything is written", async (_what, change, why) => {
    await expect(bring(forge(change))).rejects.toThrow(why);
    expect(await db.storageImport.count({ where: { organizationId: victim.organization.id } })).toBe(0);
  });

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["zeros", Buffer.alloc(10_240)],
    ["a page", Buffer.from("<html>".repeat(1000))],
  ])("that is %s is no archive", async (_what, bytes) => {
    await expect(bring(bytes)).rejects.toThrow("it is no export of Sidecar");
  });

  test.each<[string, (archive: Forged) => void, string]>([
    ["with another sum than its manifest tells", (each) => void (fileOf(each).sha256 = sha256Of(Buffer.from("x"))), "is damaged"],
    ["with text that calls itself a video", asText, "can't be used here"],
    ["with another member in a file's place", (each) => void (each.headerPath = `media/video/${id}/clip.mp5`), "is not where its list"],
  ])("%s fails, and everything is given back", async (_what, change, why) => {
    const { state, error } = await bring(forge(change));
    expect([state, error]).toEqual(["FAILED", expect.stringContaining(why)]);
    expect(await storageOf(victim.organization.id)).toEqual({ used: 0, reserved: 0, ledger: { used: 0, reserved: 0 } });
    expect((await keys()).filter((key) => key.startsWith(victim.organization.storagePrefix))).toEqual([]);
    await db.storageImport.deleteMany({ where: { organizationId: victim.organization.id } });
  });

  test("that was packed by another program, with a link in it, is refused", async () => {
    const inside = join(dir, "packed");
    mkdirSync(inside, { recursive: true });
    writeFileSync(join(dir, "right.tar"), forge());
    execFileSync("tar", ["-xf", "../right.tar"], { cwd: inside });
    execFileSync("sh", ["-c", `rm media/video/${id}/clip.mp4 && ln -s /etc/passwd media/video/${id}/clip.mp4`], { cwd: inside });
    const packed = execFileSync("tar", ["-cf", "-", "sidecar.json", "courses.json", "manifest.json", `media/video/${id}/clip.mp4`], {
      cwd: inside,
    });
    await expect(bring(packed)).rejects.toThrow("does not have the length");
  });
});

test("an archive whose import was killed goes on to its end, and no other one is taken for it", async () => {
  const heir = await createOwner();
  const slug = heir.organization.slug;
  store.onRequest = ({ operation, key }) =>
    operation === "PutObject" && key.startsWith(heir.organization.storagePrefix)
      ? { kind: "error", status: 503, code: "SlowDown" }
      : undefined;
  await expect(bring(forge(), slug)).rejects.toThrow("can't be reached");
  store.onRequest = undefined;
  const other = forge((each) => {
    const file = fileOf(each);
    file.id = lessonOf(each).video = "0197b2a4-7c1e-4f7a-9d3e-2b6a1c9e8f02";
    each.headerPath = file.path = file.path.replace(id, file.id);
  });
  await expect(bring(other, slug)).rejects.toThrow("An import is under way");
  expect(await bring(forge(), slug)).toMatchObject({ state: "DONE", files: 1 });
  expect(await unreadable()).toEqual([]);
});

test("the script imports a file from the disk", async () => {
  const author = await createOwner();
  await fill(author);
  const { id: exportId } = await exported(author);
  const { fileKey, bytes } = await exportRow(exportId);
  const archive = join(dir, "archive.tar");
  writeFileSync(archive, await readObject(fileKey, { start: 0, end: Number(bytes) }));
  const heir = await createOwner();
  const program = [
    "--disable-warning=ExperimentalWarning",
    "--import",
    "./scripts/support/server-runtime.mjs",
    "scripts/import-archive.ts",
  ];
  const script = spawn("node_modules/.bin/tsx", [...program, "--org", heir.organization.slug, "--archive", archive], {
    env: { ...process.env, PATH: `${process.cwd()}/node_modules/.bin:${process.env.PATH ?? ""}` },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  script.stdout.on("data", (text: Buffer) => (output += text.toString()));
  await once(script, "close");
  expect(JSON.parse(output.trim().split("\n").at(-1) ?? "")).toMatchObject({ state: "DONE", courses: 2, files: 4 });
  expect(await db.course.count({ where: { organizationId: heir.organization.id } })).toBe(2);
}, 60_000);

function scripted(): unknown {
  const text = { type: "text", text: "x", marks: [{ type: "link", attrs: { href: "javascript:alert(1)" } }] };
  return { type: "doc", content: [{ type: "paragraph", content: [text] }] };
}

function nested(): unknown {
  let node: unknown = { type: "paragraph" };
  for (let depth = 0; depth < 1000; depth += 1) node = { type: "blockquote", content: [node] };
  return { type: "doc", content: [node] };
}

function tooMany(archive: Forged): void {
  const lesson = lessonOf(archive);
  for (const course of archive.courses.courses)
    for (const chapter of course.chapters) chapter.lessons = Array.from({ length: 501 }, () => lesson);
}

function asText(archive: Forged): void {
  archive.body = Buffer.from("a".repeat(clip.length));
  fileOf(archive).sha256 = sha256Of(archive.body);
}
