import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { listBegunUploads } from "@/lib/clients/bucket";
import { mainPlace } from "@/lib/clients/store-place";
import { HOUR } from "@/lib/core/clock";
import { db } from "@/lib/db";
import { deleteOldObjects } from "@/lib/services/storage-departure-service";
import { copyFiles } from "@/lib/services/storage-migration-service";
import { movePrefix } from "@/lib/services/storage-prefix-service";
import { verifyFiles } from "@/lib/services/storage-verify-service";
import { createOrganization, system, unique } from "../../support/factories";
import { store } from "../../support/local-stack";
import { keysIn, killAt, largeFile, letSilencePass, other, pictureFile, runScript, startMoves, unreadable, wholeFile } from "./move-steps";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let keys: string[];

beforeEach(async () => {
  await startMoves();
  organization = await createOrganization();
  await wholeFile(organization);
  await largeFile(organization);
  await pictureFile(organization);
  keys = await keysIn(mainPlace);
});

const copy = (to: string) => copyFiles(system, { to }, {});

async function expectMoved(): Promise<void> {
  expect(await unreadable()).toEqual([]);
  expect(await db.mediaFile.count({ where: { NOT: { store: "other" } } })).toBe(0);
  expect(await keysIn(other)).toEqual(keys);
  expect(await keysIn(mainPlace)).toEqual(keys);
  expect((await listBegunUploads(null, other)).uploads).toEqual([]);
}

describe("a move to another provider that is killed", () => {
  test.each([
    ["while a part is on its way", "UploadPart"],
    ["when an object is put together", "CompleteMultipartUpload"],
  ])(
    "%s is finished by the next run",
    async (_when, operation) => {
      const script = runScript("migrate-provider", "copy", "--to", "other");
      const probe = ({ key }: { key: string }) => key.startsWith("trash/");
      expect(await killAt(script, (seen) => seen.operation === operation && !probe(seen))).toBe(true);
      await expect(copy("other")).rejects.toThrow("Another move is under way");
      expect(await unreadable()).toEqual([]);
      await letSilencePass();
      expect(await copy("other")).toMatchObject({ problems: 0 });
      await expectMoved();
    },
    60_000,
  );

  test("when a row points to its copy is finished by the next run, which looks at the others only", async () => {
    const script = runScript("migrate-provider", "copy", "--to", "other");
    expect(await killAt(script, async () => (await db.mediaFile.count({ where: { store: "other" } })) > 0)).toBe(true);
    const moved = await db.mediaFile.count({ where: { store: "other" } });
    expect(await unreadable()).toEqual([]);
    await letSilencePass();
    expect((await copy("other")).counts.done).toBe(keys.length - moved);
    await expectMoved();
  }, 60_000);

  test("while it deletes what it left is finished by the next run", async () => {
    await copy("other");
    await copy("main");
    await verifyFiles(system, { to: "main" }, {});
    const script = runScript("migrate-provider", "delete", "--confirm", other.bucket);
    expect(await killAt(script, ({ operation }) => operation === "DeleteObjects")).toBe(true);
    await letSilencePass();
    expect(await deleteOldObjects(system, { confirm: other.bucket }, {})).toMatchObject({ problems: 0 });
    expect(await keysIn(other)).toEqual([]);
    expect(await keysIn(mainPlace)).toEqual(keys);
    expect(await unreadable()).toEqual([]);
  }, 60_000);
});

describe("a move to another prefix that is killed", () => {
  test.each(["copied", "pointed to", "deleted"])(
    "when a first object was %s is finished by the next run",
    async (phase) => {
      const from = organization.storagePrefix;
      const to = `organizations/${unique("moved")}/`;
      const ahead = keys.map((key) => to + key.slice(from.length));
      if (phase === "deleted") await movePrefix(system, { from, to }, {});
      store.clock.advance(5 * HOUR);
      const script = runScript("migrate-file-structure", from, to);
      const isReached = async (operation: string): Promise<boolean> => {
        if (phase === "copied") return operation === "CopyObject";
        if (phase === "deleted") return operation === "DeleteObjects";
        return (await db.mediaFile.count({ where: { fileKey: { startsWith: to } } })) > 0;
      };
      expect(await killAt(script, ({ operation }) => isReached(operation))).toBe(true);
      expect(await unreadable()).toEqual([]);
      await letSilencePass();
      expect(await movePrefix(system, { from, to }, {})).toMatchObject({ problems: 0 });
      expect(await db.mediaFile.count({ where: { fileKey: { startsWith: to } } })).toBe(keys.length);
      store.clock.advance(5 * HOUR);
      await movePrefix(system, { from, to }, {});
      expect(await keysIn(mainPlace)).toEqual(ahead.toSorted());
      expect(await unreadable()).toEqual([]);
    },
    60_000,
  );
});

describe("the command lines", () => {
  test("tell what they would do, file by file, and end with the figures", async () => {
    const dir = await mkdtemp(join(tmpdir(), "move-"));
    const report = join(dir, "report.csv");
    const { code, out } = await runScript("migrate-provider", "copy", "--to", "other", "--dry-run", "--rate", "5", "--report", report)
      .exited;
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ files: 5, done: 5, readBytes: 0, WOULD_MOVE: 5, problems: 0 });
    const lines = (await readFile(report, "utf8")).trim().split("\r\n");
    expect(lines[0]).toBe("outcome,key,bytes,file,organization,detail");
    expect(
      lines
        .slice(1)
        .map((line) => line.split(",")[1])
        .toSorted(),
    ).toEqual(keys);
    await rm(dir, { recursive: true });
    const wrong = await runScript("migrate-provider", "copy", "--to", "nowhere").exited;
    expect(wrong).toMatchObject({ code: 1, out: "", err: expect.stringContaining('goes to "main" or to "other"') as string });
  }, 60_000);
});
