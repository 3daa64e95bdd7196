import { spawn } from "node:child_process";
import { once } from "node:events";
import { beforeEach, expect, test } from "vitest";
import { listBegunUploads } from "@/lib/clients/bucket";
import { db } from "@/lib/db";
import { createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { compare, drain, isSame, keysOf, largeFile, letTimePass, notes, replica, startAnew } from "./replica-steps";

let organization: Awaited<ReturnType<typeof createOrganization>>;

beforeEach(async () => {
  await startAnew();
  organization = await createOrganization();
});

/** The script as a person runs it, in a group of processes of its own: tsx is a process above the one that works. */
function runScript() {
  const program = ["--disable-warning=ExperimentalWarning", "--import", "./scripts/support/server-runtime.mjs"];
  const child = spawn("node_modules/.bin/tsx", [...program, "scripts/replicate-storage.ts"], {
    env: { ...process.env, PATH: `${process.cwd()}/node_modules/.bin:${process.env.PATH ?? ""}` },
    detached: true,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return { exited: once(child, "close"), kill: () => process.kill(-(child.pid ?? 0), "SIGKILL") };
}

test.each([
  ["CreateMultipartUpload", 1],
  ["UploadPart", 2],
  ["CompleteMultipartUpload", 1],
  ["DeleteObject", 1],
])(
  "a drain that is killed at its %s is gone on with, and ends as one that nobody disturbed",
  async (operation, nth) => {
    const purged = await largeFile(organization);
    await compare();
    await drain();
    await db.mediaFile.update({ where: { id: purged.id }, data: { state: "PURGED" } });
    const kept = await largeFile(organization);
    const script = runScript();
    let seen = 0;
    // The store has acted, and the drain has died before it heard of it.
    store.onRequest = (request) => {
      if (request.bucket !== replica.bucket || request.operation !== operation) return undefined;
      seen += 1;
      if (seen === nth) script.kill();
      return seen >= nth ? { kind: "lost-answer" } : undefined;
    };
    await script.exited;
    store.onRequest = undefined;
    expect(seen).toBeGreaterThanOrEqual(nth);
    // Nobody takes what the dead one held before its time is over.
    expect(await notes()).not.toEqual({ [kept.fileKey]: "COPIED" });
    await letTimePass();
    await compare();
    expect(await drain()).toMatchObject({ failed: 0 });
    expect([await keysOf(), await notes()]).toEqual([[kept.fileKey], { [kept.fileKey]: "COPIED" }]);
    expect(await isSame(kept.fileKey)).toBe(true);
    expect((await listBegunUploads(null, replica)).uploads).toEqual([]);
  },
  60_000,
);
