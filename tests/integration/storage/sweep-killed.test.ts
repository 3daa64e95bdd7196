import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { DAY, HOUR } from "@/lib/core/clock";
import { db } from "@/lib/db";
import { createMediaFile, createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { fillWith, keys, letAWeekPass, orphan, outcomes, put, startAnew, sweep } from "./sweep-steps";

let organization: Awaited<ReturnType<typeof createOrganization>>;

beforeEach(async () => {
  await startAnew();
  organization = await createOrganization();
  await fillWith(organization, 80);
});

/** The script as a person or a scheduler runs it, with this file's database and bucket. */
function runScript(options: string[], loader: string[] = []) {
  const program = ["--disable-warning=ExperimentalWarning", ...loader, "--import", "./scripts/support/server-runtime.mjs"];
  const child = spawn("node_modules/.bin/tsx", [...program, "scripts/cleanup-orphaned-files.ts", ...options], {
    env: { ...process.env, PATH: `${process.cwd()}/node_modules/.bin:${process.env.PATH ?? ""}` },
    // A group of its own: tsx is a process above the one that works.
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (text: Buffer) => (output += text.toString()));
  const exited = once(child, "close").then(() => ({ code: child.exitCode, output }));
  return { exited, kill: () => process.kill(-(child.pid ?? 0), "SIGKILL") };
}

describe("a sweep that is killed", () => {
  test.each(["ListObjectsV2", "ListMultipartUploads", "CopyObject", "DeleteObjects"])(
    "at its %s is gone on with, and ends as one that nobody disturbed",
    async (operation) => {
      const strange = [await orphan(organization), await orphan(organization)];
      const purged = await createMediaFile(organization, { state: "PURGED" });
      await put(purged.fileKey);
      letAWeekPass();
      const going = [...strange, purged.fileKey];
      const staying = (await keys()).filter((key) => !going.includes(key));
      const script = runScript(["--delete"]);
      let killed = false;
      // The store has acted, and the sweep has died before it heard of it.
      store.onRequest = (seen) => {
        if (killed || seen.operation !== operation) return undefined;
        killed = true;
        script.kill();
        return { kind: "lost-answer" };
      };
      await script.exited;
      store.onRequest = undefined;
      expect(killed).toBe(true);
      const left = await db.storageSweep.findFirstOrThrow();
      expect(left.state).toBe("RUNNING");
      await db.storageSweep.updateMany({ data: { heartbeatAt: new Date(Date.now() - HOUR) } });
      const { id, state, progress } = await sweep("DELETE");
      expect({ id, state }).toEqual({ id: left.id, state: "DONE" });
      expect(progress).toMatchObject({ objects: 83, rows: 81, live: 80, matched: 80, due: 3 });
      expect(await outcomes(id)).toEqual(Object.fromEntries(going.map((key) => [key, "ORPHAN_OBJECT TRASHED"])));
      expect(await keys()).toEqual([...staying, ...going.map((key) => `trash/${id}/${key}`)].toSorted());
    },
    60_000,
  );
});

describe("the script", () => {
  test("only reports unless it is told to delete, and writes a CSV", async () => {
    const key = await orphan(organization);
    letAWeekPass();
    const before = await keys();
    const file = join(await mkdtemp(join(tmpdir(), "sweep-")), "findings.csv");
    const { code, output } = await runScript(["--csv", file]).exited;
    expect(code).toBe(0);
    expect(output).toContain("Nothing was changed");
    expect(await readFile(file, "utf8")).toContain(`ORPHAN_OBJECT,${key},15,`);
    await rm(dirname(file), { recursive: true });
    expect(JSON.parse(output.trim().split("\n").at(-1) ?? "")).toMatchObject({ state: "DONE", objects: 81, orphans: 1, trashed: 0 });
    expect(await keys()).toEqual(before);
  }, 60_000);

  test("does not take a young object for an old one when its machine's clock has jumped ahead", async () => {
    const young = await orphan(organization);
    const jump = `const now = Date.now; Date.now = () => now() + ${30 * DAY};`;
    const { code, output } = await runScript(["--delete"], ["--import", `data:text/javascript,${encodeURIComponent(jump)}`]).exited;
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining("YOUNG") as string });
    expect(await keys()).toContain(young);
  }, 60_000);
});
