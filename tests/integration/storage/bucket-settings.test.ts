import { spawn } from "node:child_process";
import { once } from "node:events";
import { beforeEach, describe, expect, test } from "vitest";
import { readCors, readLifecycle, writeCors, writeLifecycle } from "@/lib/clients/bucket-settings";
import { createMultipartUpload, listMultipartUploads } from "@/lib/clients/multipart-store";
import { mainPlace } from "@/lib/clients/store-place";
import { DAY } from "@/lib/core/clock";
import { ABORT_RULE, browserRule } from "@/lib/core/bucket-rules";
import { setUpBuckets } from "@/lib/services/storage-bucket-service";
import { openBucketsToBrowsers } from "../../../scripts/local/bucket-cors.ts";
import { system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { other } from "./move-steps";

const places = ["main", "archive", "replica", "other"];

beforeEach(async () => {
  store.onRequest = undefined;
  await writeCors(mainPlace, [{ AllowedOrigins: ["https://shop.example"], AllowedMethods: ["GET"] }]);
  await writeLifecycle(mainPlace, [{ ID: "logs", Status: "Enabled", Filter: { Prefix: "logs/" }, Expiration: { Days: 30 } }]);
});

async function check(): Promise<string[]> {
  const views = await setUpBuckets(system, { check: true });
  return views.filter(({ cors, lifecycle }) => cors.differs || lifecycle?.differs).map(({ name }) => name);
}

describe("setting up the buckets", () => {
  test("gives each of them both rules once, keeps those of others, and changes nothing when it only checks", async () => {
    expect(await check()).toEqual(places);
    expect(await readLifecycle(other)).toEqual([]);
    const [first] = await setUpBuckets(system, { check: false });
    expect(first).toMatchObject({
      name: "main",
      bucket: "sidecar-local",
      cors: { differs: true },
      warnings: [expect.stringContaining('"logs"')],
    });
    expect((await readCors(mainPlace)).map(({ AllowedOrigins }) => AllowedOrigins)).toEqual([["*"], ["https://shop.example"]]);
    expect((await readLifecycle(mainPlace))?.map(({ ID }) => ID)).toEqual(["logs", ABORT_RULE]);
    expect(await check()).toEqual([]);
    store.traffic.reset();
    await setUpBuckets(system, { check: false });
    expect(store.traffic.of("PutBucketCors").requests + store.traffic.of("PutBucketLifecycleConfiguration").requests).toBe(0);
  });

  test("has an upload that was left alone ended after its lease, and not before", async () => {
    await setUpBuckets(system, { check: false });
    const begun = await createMultipartUpload("organizations/a/left", { contentType: undefined });
    await store.advance(7.5 * DAY);
    expect(await listMultipartUploads("organizations/a/left")).toEqual([begun]);
    await store.advance(2 * DAY);
    expect(await listMultipartUploads("organizations/a/left")).toEqual([]);
  });

  test.each(["GetBucketLifecycleConfiguration", "PutBucketLifecycleConfiguration"])(
    "goes on without lifecycle rules where %s is not known",
    async (name) => {
      await writeLifecycle(other, [{ ID: "x", Status: "Enabled", Filter: { Prefix: "x/" }, Expiration: { Days: 1 } }]);
      store.onRequest = ({ operation }) => (operation === name ? { kind: "error", status: 501, code: "NotImplemented" } : undefined);
      const views = await setUpBuckets(system, { check: false });
      expect(views.map(({ lifecycle }) => lifecycle).at(-1)).toBeNull();
      expect(await readCors(other)).toEqual([expect.objectContaining(browserRule)]);
    },
  );

  test("a refusal is an error, and what the embedded stack sets for itself is the same rule", async () => {
    store.onRequest = ({ operation }) => (operation === "PutBucketCors" ? { kind: "error", status: 403, code: "AccessDenied" } : undefined);
    await expect(setUpBuckets(system, { check: false })).rejects.toThrow("can't be reached");
    store.onRequest = undefined;
    const secrets = { storeAccessKey: process.env.AWS_ACCESS_KEY_ID ?? "", storeSecretKey: process.env.AWS_SECRET_ACCESS_KEY ?? "" };
    await openBucketsToBrowsers(store.url, secrets);
    await setUpBuckets(system, { check: false });
    await openBucketsToBrowsers(store.url, secrets);
    expect(await check()).toEqual([]);
  });
});

test("the documented command installs nothing twice, reads the settings, and answers CI with its exit code", async () => {
  const run = async (...options: string[]) => {
    const child = spawn(process.execPath, ["scripts/load-env-and-run-cors.mjs", ...options]);
    let output = "";
    child.stdout.on("data", (text: Buffer) => (output += text.toString()));
    await once(child, "close");
    return { code: child.exitCode, output };
  };
  expect(await run("--check")).toMatchObject({ code: 1, output: expect.stringContaining("To be changed: main") as string });
  expect(await run()).toMatchObject({ code: 0, output: expect.stringContaining("CORS, before:") as string });
  expect(await run("--check")).toMatchObject({ code: 0, output: expect.stringContaining("Nothing had to be changed.") as string });
}, 60_000);
