import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { GET as openLink } from "@/app/api/exports/[id]/[secret]/route";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { mailExportReady } from "@/lib/services/storage-export-service";
import { getStorageOverview } from "@/lib/services/storage-usage-service";
import { callRoute } from "../../support/call-route";
import { mailsTo } from "../../support/local-stack";
import { storageOf } from "../../support/uploads";
import { createOwner, exported, exportRow, fill, imported, importRow, longText, unpack, withoutIds, type Unpacked } from "./transfer-steps";

vi.mock("@/lib/core/part-plan", () => import("../../support/small-parts"));
vi.mock("next/headers", () => import("../../support/next-headers"));

async function fetchArchive(link: string): Promise<Buffer> {
  const { pathname } = new URL(link);
  const [, , , id = "", secret = ""] = pathname.split("/");
  const answer = await callRoute(openLink, { method: "GET", path: pathname, params: { id, secret } });
  expect(answer.status).toBe(302);
  const archive = await fetch(answer.headers.get("location") ?? "");
  expect(archive.headers.get("content-disposition")).toMatch(/^attachment; filename="org-.*\.tar"/);
  return Buffer.from(await archive.arrayBuffer());
}

describe("an organization's content, exported, imported into another and exported again", () => {
  let [author, heir]: MemberActor[] = [];
  let ids: Awaited<ReturnType<typeof fill>>;
  let [first, second]: Unpacked[] = [];
  let link = "";

  beforeAll(async () => {
    [author, heir] = [await createOwner(), await createOwner()];
    ids = await fill(author);
    // A course of the same address is there already.
    await db.course.create({ data: { organizationId: heir.organization.id, title: "Other", slug: "first-steps" } });
    ({ link } = await exported(author));
    first = await unpack(await fetchArchive(link));
    await imported(heir, link);
    await db.course.deleteMany({ where: { organizationId: heir.organization.id, title: "Other" } });
    second = await unpack(await fetchArchive((await exported(heir)).link));
  }, 60_000);

  test("is in an archive that the system's tar unpacks, each file with the sum that the manifest tells", () => {
    expect(first?.listed.slice(0, 3)).toEqual(["sidecar.json", "courses.json", "manifest.json"]);
    expect(first?.sidecar).toMatchObject({ format: "sidecar-export", version: 1, organization: { slug: author?.organization.slug } });
    expect(first?.listed.slice(3)).toEqual(first?.manifest.files.map(({ path }) => path));
    const plain = first?.manifest.files.filter(({ partSize }) => partSize === null) ?? [];
    expect(plain.length).toBe(4);
    for (const file of plain) expect(Buffer.from(first?.sums[file.path] ?? "", "hex").toString("base64")).toBe(file.sha256);
    const notes = first?.manifest.files.find(({ id }) => id === ids.notes);
    expect(notes).toMatchObject({ kind: "ATTACHMENT", fileName: "notes.txt", partSize: 5 * 1024 ** 2 });
    expect(notes?.sha256).toMatch(/=-3$/);
    expect(first?.sums[notes?.path ?? ""]).toBe(createHash("sha256").update(longText()).digest("hex"));
  });

  test("is the same but for ids, slugs, states and what nothing uses", () => {
    expect(second?.courses.courses.map(({ slug, status }) => [slug, status])).toEqual([
      ["first-steps-2", "DRAFT"],
      ["empty-course", "DRAFT"],
    ]);
    for (const course of second?.courses.courses ?? []) course.slug = course.slug.replace(/-2$/, "");
    expect(second && withoutIds(second)).toEqual(first && withoutIds(first));
    expect(second?.manifest.files).toHaveLength(4);
    const own = new Set(first?.manifest.files.map(({ id }) => id));
    expect(second?.manifest.files.some(({ id }) => own.has(id))).toBe(false);
  });

  test("is counted, each byte once, with pictures in their sizes; archives count nowhere", async () => {
    const organizationId = heir?.organization.id ?? "";
    const sums = await storageOf(organizationId);
    expect(sums).toEqual({ used: sums.ledger.used, reserved: 0, ledger: { used: sums.used, reserved: 0 } });
    const pictures = await db.mediaFile.findMany({
      where: { organizationId, kind: { in: ["THUMBNAIL", "POSTER"] }, parentId: null },
      include: { derived: true },
    });
    expect(pictures.map(({ blurDataUrl, derived }) => [blurDataUrl?.slice(0, 10), derived.length > 0])).toEqual([
      ["data:image", true],
      ["data:image", true],
    ]);
    const due = await db.replicaObject.count({ where: { state: "PENDING", fileKey: { startsWith: heir?.organization.storagePrefix } } });
    expect(due).toBe(await db.mediaFile.count({ where: { organizationId } }));
    const { total } = await getStorageOverview(heir as MemberActor, { page: 1 });
    expect(total.files).toBe(4);
  });

  test("is told by a mail with the link to whoever asked, who still may have it", async () => {
    const row = await db.storageExport.findFirstOrThrow({ where: { organizationId: author?.organization.id } });
    await mailExportReady({ exportId: row.id, userId: author?.userId ?? "" });
    await mailExportReady({ exportId: row.id, userId: heir?.userId ?? "" });
    const mails = await mailsTo(author?.email ?? "");
    expect(mails.map(({ subject }) => subject)).toEqual([`The export of ${author?.organization.name} is ready`]);
    expect(mails[0]?.text).toContain(link);
    expect(await mailsTo(heir?.email ?? "")).toEqual([]);
    // The secret itself is in no row and no job.
    const secret = link.split("/").at(-1) ?? "";
    expect(
      JSON.stringify(await exportRow(row.id), (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
    ).not.toContain(secret);
  });

  test("leaves rows that say how it went", async () => {
    const [row] = await db.storageImport.findMany({ where: { organizationId: heir?.organization.id } });
    expect(await importRow(row?.id ?? "")).toMatchObject({ state: "DONE", courses: 2, files: 4, doneFiles: 4, error: null });
    expect(row?.doneBytes).toBe(row?.bytes);
    const audit = await db.auditEvent.findMany({ where: { organizationId: heir?.organization.id }, orderBy: { createdAt: "asc" } });
    expect(audit.map(({ action }) => action).filter((action) => action.startsWith("storage."))).toEqual([
      "storage.import-started",
      "storage.imported",
      "storage.export-started",
    ]);
  });
});
