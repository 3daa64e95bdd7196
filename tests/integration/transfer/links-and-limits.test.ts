import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { GET as openLink } from "@/app/api/exports/[id]/[secret]/route";
import { findObject } from "@/lib/clients/object-store";
import { DAY } from "@/lib/core/clock";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { cancelExport, clearExport, continueExport, deleteExport, startExport } from "@/lib/services/storage-export-service";
import { cancelImport, continueImport } from "@/lib/services/storage-import-service";
import { getTransferOverview } from "@/lib/services/storage-transfer-service";
import { tidyTransfers } from "@/lib/services/transfer-tidy-service";
import { callRoute } from "../../support/call-route";
import { createMember, system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { storageOf } from "../../support/uploads";
import { keys, sweep, outcomes, letAWeekPass, fillWith } from "../storage/sweep-steps";
import { createOwner, exported, exportRow, fill, imported, importing, importRow } from "./transfer-steps";

vi.mock("@/lib/core/part-plan", () => import("../../support/small-parts"));
vi.mock("next/headers", () => import("../../support/next-headers"));

let author: MemberActor;
let ids: Awaited<ReturnType<typeof fill>>;
/** An export that stays. */
let shared: Awaited<ReturnType<typeof exported>>;

beforeAll(async () => {
  author = await createOwner();
  ids = await fill(author);
  shared = await exported(author);
}, 30_000);

afterEach(() => {
  store.onRequest = undefined;
});

/** The row of an export that is over. */
function doneExport(actor: MemberActor, state: "DONE" | "EXPIRED" = "DONE") {
  const data = { organizationId: actor.organization.id, fileKey: `exports/${crypto.randomUUID()}.tar`, partSize: 1, state };
  return db.storageExport.create({ data: { ...data, expiresAt: new Date(Date.now() + DAY) } });
}

/** The status and the error's code and sentence that a link answers with. */
async function follow(link: string): Promise<unknown[]> {
  const { pathname } = new URL(link);
  const [, , , id = "", secret = ""] = pathname.split("/");
  const answer = await callRoute(openLink, { method: "GET", path: pathname, params: { id, secret } });
  return answer.status === 302 ? [302] : [answer.status, (await answer.json()) as unknown];
}

const organizationOf = (actor: MemberActor) => db.organization.findUniqueOrThrow({ where: { id: actor.organization.id } });

describe("a link", () => {
  test("that was guessed, has expired or was withdrawn answers like one that never was, and is not imported", async () => {
    const heir = await createOwner();
    const { id, link } = await exported(author);
    expect(await follow(link)).toEqual([302]);
    const unknown = [404, { error: { code: "NOT_FOUND", message: "This archive does not exist, or is not yours to see." } }];
    const guessed = link.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    const other = link.replace(id, shared.id);
    await db.storageExport.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    const refusals = [guessed, other, link, link.replace(id, "none"), link.replace(/[^/]+$/, "short")];
    for (const wrong of refusals) expect(await follow(wrong)).toEqual(unknown);
    for (const wrong of [guessed, other, link]) await expect(importing(heir, wrong)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await db.storageExport.update({ where: { id }, data: { expiresAt: new Date(Date.now() + DAY) } });
    expect(await follow(link)).toEqual([302]);
    await deleteExport(author, { exportId: id });
    expect(await follow(link)).toEqual(unknown);
    await expect(importing(heir, link)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await clearExport(system, { exportId: id });
    expect(await findObject((await exportRow(id)).fileKey)).toBeNull();
  });

  test("of another installation is not called", async () => {
    const { link } = shared;
    const seen = vi.spyOn(globalThis, "fetch");
    await expect(importing(await createOwner(), link.replace(/^https?:\/\/[^/]+/, "http://169.254.169.254"))).rejects.toThrow(
      "another installation",
    );
    expect(seen).not.toHaveBeenCalled();
    seen.mockRestore();
  });
});

describe("an export", () => {
  test("is one at a time, may be cancelled, and leaves nothing", async () => {
    const { id } = await startExport(author, { leaveOutCold: false });
    await expect(startExport(author, { leaveOutCold: false })).rejects.toMatchObject({ code: "CONFLICT" });
    // A slice that is over before it begins: nothing is sent, and the next job goes on.
    await continueExport(system, { exportId: id }, -1);
    expect(await exportRow(id)).toMatchObject({ state: "RUNNING" });
    await cancelExport(author, { exportId: id });
    await continueExport(system, { exportId: id });
    await clearExport(system, { exportId: id });
    expect(await exportRow(id)).toMatchObject({ state: "FAILED", error: "It was cancelled.", layout: null, tokenHash: null });
    await expect(cancelExport(author, { exportId: id })).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await keys()).filter((key) => key.includes(id))).toEqual([]);
  });

  test("is nobody's but its organization's owners' and admins'", async () => {
    const { id } = shared;
    const stranger = await createOwner();
    const instructor = await createMember(await organizationOf(author), "instructor");
    await expect(deleteExport(stranger, { exportId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(cancelExport(stranger, { exportId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(deleteExport(instructor, { exportId: id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(getTransferOverview(instructor)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect((await getTransferOverview(stranger)).exports).toEqual([]);
  });

  test.each([
    ["replaced", { etag: "other", checksum: "other" }],
    ["purged", { state: "PURGED" }],
    ["gone from the bucket", { fileKey: "organizations/none/private/attachment/none.txt" }],
  ] as const)("of a file that is %s meanwhile ends with a sentence, and with nothing in the bucket", async (_what, change) => {
    const { id } = await startExport(author, { leaveOutCold: false });
    const before = await db.mediaFile.findUniqueOrThrow({ where: { id: ids.notes } });
    await db.mediaFile.update({ where: { id: ids.notes }, data: change });
    await continueExport(system, { exportId: id });
    await db.mediaFile.update({ where: { id: ids.notes }, data: { ...before, blurDataUrl: before.blurDataUrl } });
    const row = await exportRow(id);
    expect(row).toMatchObject({ state: "FAILED", error: "“notes.txt” was deleted or changed while the archive was made. Export again." });
    expect(await findObject(row.fileKey)).toBeNull();
  });

  test("goes on without archived videos only when that is asked for, and names them as it does lost files", async () => {
    await db.mediaFile.update({ where: { id: ids.video }, data: { storageClass: "GLACIER", tier: "ARCHIVED" } });
    await expect(startExport(author, { leaveOutCold: false })).rejects.toThrow(/^1 archived file \(.*\) can't be read at once/);
    expect((await getTransferOverview(author)).cold.files).toBe(1);
    await db.mediaFile.update({ where: { id: ids.poster }, data: { state: "MISSING" } });
    const { id } = await startExport(author, { leaveOutCold: true });
    const layout = JSON.stringify((await exportRow(id)).layout).replaceAll(/\\[n"]\s*/g, "");
    expect(layout).toMatch(/fileName: Erste Übung\.mp4,bytes: \d+,reason: ARCHIVED/);
    expect(layout).toMatch(/fileName: poster\.png,bytes: \d+,reason: MISSING/);
    await continueExport(system, { exportId: id });
    await db.mediaFile.update({ where: { id: ids.video }, data: { storageClass: null, tier: "STANDARD" } });
    await db.mediaFile.update({ where: { id: ids.poster }, data: { state: "READY" } });
    const view = (await getTransferOverview(author)).exports.find((each) => each.id === id);
    const heir = await createOwner();
    const importId = await imported(heir, view?.link ?? "");
    expect(await importRow(importId)).toMatchObject({ state: "DONE", files: 2 });
    const lesson = await db.lesson.findFirstOrThrow({ where: { organizationId: heir.organization.id, title: "Watch" } });
    expect([lesson.videoId, lesson.posterId]).toEqual([null, null]);
  });

  test("is refused while five archives are kept, which count against no quota", async () => {
    const hoarder = await createOwner();
    const last = (await Promise.all([1, 2, 3, 4, 5].map(() => doneExport(hoarder)))).at(-1);
    await doneExport(hoarder, "EXPIRED");
    await expect(startExport(hoarder, { leaveOutCold: false })).rejects.toThrow("5 archives are kept");
    await deleteExport(hoarder, { exportId: last?.id ?? "" });
    expect(await startExport(hoarder, { leaveOutCold: false })).toHaveProperty("id");
  });

  test("that a store fails is tried again, with the parts that arrived", async () => {
    const { id } = await startExport(author, { leaveOutCold: false });
    const parts: string[] = [];
    store.onRequest = ({ operation, query }) => {
      if (operation !== "UploadPart") return undefined;
      const number = query.get("partNumber") ?? "";
      parts.push(number);
      return number === "2" ? { kind: "error", status: 403, code: "AccessDenied" } : undefined;
    };
    await expect(continueExport(system, { exportId: id })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await exportRow(id)).toMatchObject({ state: "RUNNING", error: null });
    expect(parts.toSorted()).toEqual(["1", "2", "3"]);
    store.onRequest = ({ operation, query }) => {
      if (operation === "UploadPart") parts.push(`again ${query.get("partNumber") ?? ""}`);
      return undefined;
    };
    await continueExport(system, { exportId: id });
    expect(await exportRow(id)).toMatchObject({ state: "DONE" });
    expect(parts.slice(3)).toEqual(["again 2"]);
  });
});

describe("an import", () => {
  test("that does not fit is refused with what is missing, before anything is written", async () => {
    const { link } = shared;
    const small = await createOwner(1024n ** 2n);
    await expect(importing(small, link)).rejects.toThrow(/take 10 MB, which is 9(\.\d)? MB more than is free here/);
    await db.storageAccount.update({ where: { organizationId: small.organization.id }, data: { limitBytes: 1024n ** 3n, maxFiles: 3 } });
    await expect(importing(small, link)).rejects.toThrow("would have 4 files; its plan takes 3");
    await db.storageAccount.update({
      where: { organizationId: small.organization.id },
      data: { maxFiles: null, maxFileBytes: 1024n ** 2n },
    });
    await expect(importing(small, link)).rejects.toMatchObject({ code: "TOO_LARGE" });
    expect(await storageOf(small.organization.id)).toEqual({ used: 0, reserved: 0, ledger: { used: 0, reserved: 0 } });
    expect(await db.storageImport.count({ where: { organizationId: small.organization.id } })).toBe(0);
  });

  test("that fills the storage half-way gives everything back", async () => {
    const { link } = shared;
    const heir = await createOwner();
    const { id } = await importing(heir, link);
    // What is set aside is all there is: the sizes of the pictures no longer fit.
    const { reserved } = await storageOf(heir.organization.id);
    await db.storageAccount.update({ where: { organizationId: heir.organization.id }, data: { limitBytes: BigInt(reserved) } });
    await continueImport(system, { importId: id });
    expect(await importRow(id)).toMatchObject({ state: "FAILED", error: expect.stringContaining("are free") as string });
    expect(await storageOf(heir.organization.id)).toEqual({ used: 0, reserved: 0, ledger: { used: 0, reserved: 0 } });
    expect((await keys()).filter((key) => key.startsWith(heir.organization.storagePrefix))).toEqual([]);
    expect(await db.course.count({ where: { organizationId: heir.organization.id } })).toBe(0);
  });

  test("is one at a time, may be cancelled by its own people only, and gives everything back", async () => {
    const { link } = shared;
    const heir = await createOwner();
    const both = await Promise.allSettled([importing(heir, link), importing(heir, link)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const [row] = await db.storageImport.findMany({ where: { organizationId: heir.organization.id } });
    const importId = row?.id ?? "";
    await expect(cancelImport(author, { importId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await continueImport(system, { importId }, -1);
    await cancelImport(heir, { importId });
    await continueImport(system, { importId });
    expect(await importRow(importId)).toMatchObject({ state: "FAILED", error: "It was cancelled." });
    expect(await storageOf(heir.organization.id)).toEqual({ used: 0, reserved: 0, ledger: { used: 0, reserved: 0 } });
    expect((await keys()).filter((key) => key.startsWith(heir.organization.storagePrefix))).toEqual([]);
  });

  test("into two organizations at once reads one archive, which outlives its time while it is read", async () => {
    const { id, link } = await exported(author);
    const heirs = [await createOwner(), await createOwner()];
    const imports = await Promise.all(heirs.map((heir) => importing(heir, link)));
    await db.storageExport.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    expect(await clearExport(system, { exportId: id })).toBe(false);
    await Promise.all(imports.map(({ id: importId }) => continueImport(system, { importId })));
    for (const row of imports) expect(await importRow(row.id)).toMatchObject({ state: "DONE", doneFiles: 4 });
    expect(await tidyTransfers(system)).toMatchObject({ expired: 1, failed: 0 });
    expect(await exportRow(id)).toMatchObject({ state: "EXPIRED", tokenHash: null });
  });
});

test("transfers that nobody works on are given up after a day", async () => {
  const { id: exportId } = await startExport(author, { leaveOutCold: false });
  const twoDaysAgo = new Date(Date.now() - 2 * DAY);
  await db.storageExport.update({ where: { id: exportId }, data: { createdAt: twoDaysAgo } });
  // One that takes long pauses between two jobs: that is no death.
  await continueExport(system, { exportId }, -1);
  expect(await tidyTransfers(system)).toMatchObject({ givenUp: 0, failed: 0 });
  await db.storageExport.update({ where: { id: exportId }, data: { heartbeatAt: twoDaysAgo } });
  expect(await tidyTransfers(system)).toMatchObject({ givenUp: 1, failed: 0 });
  expect(await exportRow(exportId)).toMatchObject({ state: "FAILED", error: "It could not be finished within a day. Export again." });
});

test("a sweep leaves archives and uploads alone that are being made or can be fetched, and takes the others", async () => {
  await fillWith(await organizationOf(author), 20);
  const { id: dead } = await exported(author);
  const { id: begun } = await startExport(author, { leaveOutCold: false });
  store.onRequest = ({ operation }) =>
    operation === "CompleteMultipartUpload" ? { kind: "error", status: 403, code: "AccessDenied" } : undefined;
  await expect(continueExport(system, { exportId: begun })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  store.onRequest = undefined;
  await db.storageExport.update({ where: { id: dead }, data: { state: "FAILED" } });
  letAWeekPass();
  const found = await sweep("DELETE");
  const seen = await outcomes(found.id);
  expect(seen[(await exportRow(dead)).fileKey]).toBe("ORPHAN_OBJECT TRASHED");
  for (const id of [shared.id, begun]) expect(seen[(await exportRow(id)).fileKey]).toBeUndefined();
  await continueExport(system, { exportId: begun });
  expect(await exportRow(begun)).toMatchObject({ state: "DONE" });
}, 30_000);
