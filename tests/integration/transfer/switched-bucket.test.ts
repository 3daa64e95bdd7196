import { beforeAll, expect, test, vi } from "vitest";
import { deleteObject, findObject, putObject, readObject } from "@/lib/clients/object-store";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { archiveLinkSchema } from "@/lib/schemas/storage-transfer";
import { clearExport, deleteExport, openExportLink } from "@/lib/services/storage-export-service";
import { continueImport } from "@/lib/services/storage-import-service";
import { system } from "../../support/factories";
import { other, unreadable } from "../storage/move-steps";
import { createOwner, exported, exportRow, fill, imported, importing, importRow } from "./transfer-steps";

// What a switch to another provider's bucket leaves to exports and imports that were begun before it.

vi.mock("@/lib/core/part-plan", () => import("../../support/small-parts"));

let author: MemberActor;
let shared: Awaited<ReturnType<typeof exported>>;

beforeAll(async () => {
  author = await createOwner();
  await fill(author);
  shared = await exported(author);
}, 30_000);

test("an import that began before ends where its rows say", async () => {
  const heir = await createOwner();
  const { id: importId } = await importing(heir, shared.link);
  // As after a switch of S3_STORE_NAME: what was the main bucket when it began is the other one now.
  await db.mediaFile.updateMany({ where: { organizationId: heir.organization.id }, data: { store: other.name } });
  await continueImport(system, { importId });
  expect(await importRow(importId)).toMatchObject({ state: "DONE", doneFiles: 4 });
  expect(await unreadable()).toEqual([]);
});

test("a link leads to its archive, and withdraws it", async () => {
  const { id, link } = shared;
  const { fileKey, bytes } = await exportRow(id);
  const archive = await readObject(fileKey, { start: 0, end: Number(bytes) });
  await putObject(fileKey, archive, { contentType: "application/x-tar" }, other);
  await deleteObject(fileKey);
  const { url } = await openExportLink(archiveLinkSchema.parse({ id, secret: link.split("/").at(-1) }));
  expect((await fetch(url)).headers.get("content-length")).toBe(String(bytes));
  expect(await importRow(await imported(await createOwner(), link))).toMatchObject({ state: "DONE" });
  await deleteExport(author, { exportId: id });
  await clearExport(system, { exportId: id });
  expect(await findObject(fileKey, other)).toBeNull();
});
