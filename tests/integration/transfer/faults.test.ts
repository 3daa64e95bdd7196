import { spawn } from "node:child_process";
import { once } from "node:events";
import { createHash } from "node:crypto";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { listBegunUploads } from "@/lib/clients/bucket";
import { readObject } from "@/lib/clients/object-store";
import { getQueue } from "@/lib/clients/queue";
import { HOUR } from "@/lib/core/clock";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { openExport } from "@/lib/services/export-content-service";
import { clearExport, continueExport, deleteExport, startExport } from "@/lib/services/storage-export-service";
import { continueImport } from "@/lib/services/storage-import-service";
import { findExportById } from "@/lib/data/storage-transfer";
import { system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { storageOf } from "../../support/uploads";
import { keys } from "../storage/sweep-steps";
import { createOwner, exported, exportRow, fill, importing, importRow } from "./transfer-steps";

vi.mock("@/lib/core/part-plan", () => import("../../support/small-parts"));
vi.setConfig({ testTimeout: 60_000 });

let author: MemberActor;
let link: string;

beforeAll(async () => {
  author = await createOwner();
  await fill(author);
  ({ link } = await exported(author));
}, 30_000);

afterEach(() => {
  store.onRequest = undefined;
});

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Has the worker of production run the jobs that wait, until the store has done this for it; it dies before it hears of it. */
async function killWorkerAt(operation: string, isMeant: (key: string) => boolean): Promise<void> {
  const program = ["--disable-warning=ExperimentalWarning", "--import", "./scripts/support/server-runtime.mjs", "scripts/worker.ts"];
  const worker = spawn("node_modules/.bin/tsx", program, {
    env: { ...process.env, PATH: `${process.cwd()}/node_modules/.bin:${process.env.PATH ?? ""}` },
    // A group of its own: tsx is a process above the one that works.
    detached: true,
    stdio: ["ignore", "ignore", "inherit"],
  });
  let killed = false;
  store.onRequest = (seen) => {
    if (killed || seen.operation !== operation || !isMeant(seen.key)) return undefined;
    killed = true;
    process.kill(-(worker.pid ?? 0), "SIGKILL");
    return { kind: "lost-answer" };
  };
  await once(worker, "close");
  store.onRequest = undefined;
  expect(killed).toBe(true);
}

/** Its job comes again, and its last sign of life is long ago. */
const longAgo = { heartbeatAt: new Date(Date.now() - HOUR) };

describe("an export whose worker is killed", () => {
  test.each(["UploadPart", "CompleteMultipartUpload"])(
    "at its %s is gone on with, and becomes the very archive that was planned",
    async (operation) => {
      await (await getQueue()).deleteAllJobs();
      const { id } = await startExport(author, { leaveOutCold: false });
      const planned = await findExportById(id);
      const read = planned && (await openExport(planned));
      const whole = read ? sha256(await read(0, Number(planned.bytes))) : "";
      const { fileKey } = await exportRow(id);
      await killWorkerAt(operation, (key) => key === fileKey);
      expect(await exportRow(id)).toMatchObject({ state: "RUNNING" });
      // Nobody else touches it while its last sign of life is young.
      await continueExport(system, { exportId: id });
      expect(await exportRow(id)).toMatchObject({ state: "RUNNING" });
      await db.storageExport.update({ where: { id }, data: longAgo });
      await continueExport(system, { exportId: id });
      const row = await exportRow(id);
      expect(row).toMatchObject({ state: "DONE", doneBytes: row.bytes });
      expect(sha256(await readObject(fileKey, { start: 0, end: Number(row.bytes) }))).toBe(whole);
    },
  );
});

describe("an import whose worker is killed", () => {
  test.each([
    ["UploadPart", "attachment"],
    ["PutObject", "public/thumbnail"],
  ])("at its %s of %s is gone on with, and takes no byte twice", async (operation, folder) => {
    await (await getQueue()).deleteAllJobs();
    const heir = await createOwner();
    const { id } = await importing(heir, link);
    const before = await storageOf(heir.organization.id);
    const prefix = heir.organization.storagePrefix;
    await killWorkerAt(operation, (key) => key.startsWith(prefix) && key.includes(folder));
    expect(await importRow(id)).toMatchObject({ state: "RUNNING" });
    expect(await db.course.count({ where: { organizationId: heir.organization.id } })).toBe(0);
    await db.storageImport.update({ where: { id }, data: longAgo });
    await continueImport(system, { importId: id });
    const row = await importRow(id);
    expect(row).toMatchObject({ state: "DONE", doneFiles: 4, doneBytes: row.bytes });
    const after = await storageOf(heir.organization.id);
    expect(after).toEqual({ used: after.ledger.used, reserved: 0, ledger: { used: after.used, reserved: 0 } });
    expect(before.reserved).toBe(Number(row.bytes));
    const files = await db.mediaFile.findMany({ where: { organizationId: heir.organization.id }, orderBy: { fileKey: "asc" } });
    expect(files.every(({ state }) => state === "READY")).toBe(true);
    expect((await keys()).filter((key) => key.startsWith(prefix))).toEqual(files.map(({ fileKey }) => fileKey));
    expect(await db.course.count({ where: { organizationId: heir.organization.id } })).toBe(2);
    // Once more changes nothing.
    await continueImport(system, { importId: id });
    expect(await storageOf(heir.organization.id)).toEqual(after);
  });
});

describe("an answer of the store that is lost", () => {
  const loseOnce = (operation: string, isMeant: (key: string) => boolean) => {
    let lost = false;
    store.onRequest = (seen) => {
      if (lost || seen.operation !== operation || !isMeant(seen.key)) return undefined;
      lost = true;
      return { kind: "lost-answer" };
    };
  };

  test.each(["CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"])("to an export's %s costs nothing", async (operation) => {
    const { id } = await startExport(author, { leaveOutCold: false });
    const { fileKey } = await exportRow(id);
    loseOnce(operation, (key) => key === fileKey);
    await continueExport(system, { exportId: id });
    expect(await exportRow(id)).toMatchObject({ state: "DONE" });
    await deleteExport(author, { exportId: id });
    await clearExport(system, { exportId: id });
    expect((await listBegunUploads(null)).uploads.filter(({ key }) => key === fileKey)).toEqual([]);
  });

  test.each(["CreateMultipartUpload", "CompleteMultipartUpload", "PutObject"])(
    "to an import's %s takes no byte twice",
    async (operation) => {
      const heir = await createOwner();
      const prefix = heir.organization.storagePrefix;
      const { id } = await importing(heir, link);
      loseOnce(operation, (key) => key.startsWith(prefix));
      await continueImport(system, { importId: id });
      expect(await importRow(id)).toMatchObject({ state: "DONE", doneFiles: 4 });
      const sums = await storageOf(heir.organization.id);
      expect(sums).toEqual({ used: sums.ledger.used, reserved: 0, ledger: { used: sums.used, reserved: 0 } });
      const files = await db.mediaFile.findMany({ where: { organizationId: heir.organization.id }, orderBy: { fileKey: "asc" } });
      expect((await keys()).filter((key) => key.startsWith(prefix))).toEqual(files.map(({ fileKey }) => fileKey));
    },
  );
});
