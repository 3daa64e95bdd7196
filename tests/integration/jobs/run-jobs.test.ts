import { setTimeout as wait } from "node:timers/promises";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { GET } from "@/app/api/cron/run-jobs/route";
import { getQueue } from "@/lib/clients/queue";
import { inTransaction } from "@/lib/data/transaction";
import { db } from "@/lib/db";
import { enqueue } from "@/lib/jobs/enqueue";
import { handlers } from "@/lib/jobs/registry";
import { drainJobs, workJobs } from "@/lib/jobs/run";
import { callRoute } from "../../support/call-route";

type Job = { state: string; retry_count: number; output: { message?: string } | null };

const payload = (mediaFileId: string) => ({ organizationId: "organization-1", mediaFileId });
const soon = () => new Date(Date.now() + 20_000);
const jobOf = async (mediaFileId: string) => {
  const [job] = await db.$queryRaw<
    Job[]
  >`SELECT state::text, retry_count, output FROM pgboss.job WHERE data->>'mediaFileId' = ${mediaFileId}`;
  return job;
};
const add = (mediaFileId: string, startAfter?: Date) =>
  inTransaction((tx) => enqueue(tx, "storage-purge", payload(mediaFileId), startAfter));

beforeEach(async () => {
  await (await getQueue()).deleteAllJobs();
});

describe("draining the queues", () => {
  test("runs every waiting job once with its payload, and leaves those of later", async () => {
    const purge = vi.spyOn(handlers, "storage-purge").mockResolvedValue();
    for (let index = 0; index < 9; index += 1) await add(`file-number-${index}`);
    await add("file-tomorrow", new Date(Date.now() + 86_400_000));
    expect(await drainJobs(soon())).toEqual({ completed: 9, failed: 0 });
    expect(new Set(purge.mock.calls.map(([{ mediaFileId }]) => mediaFileId)).size).toBe(9);
    expect(await jobOf("file-tomorrow")).toMatchObject({ state: "created" });
  });

  test("two at once share the jobs: none runs twice", async () => {
    const purge = vi.spyOn(handlers, "storage-purge").mockResolvedValue();
    for (let index = 0; index < 12; index += 1) await add(`file-shared-${index}`);
    const runs = await Promise.all([drainJobs(soon()), drainJobs(soon())]);
    expect(runs.reduce((sum, { completed }) => sum + completed, 0)).toBe(12);
    expect(purge).toHaveBeenCalledTimes(12);
  });

  test("a failed job is kept with its reason for another try, and does not hold up the others", async () => {
    vi.spyOn(handlers, "storage-purge").mockImplementation(async ({ mediaFileId }) => {
      if (mediaFileId === "file-broken") throw new Error("the store is away");
    });
    await add("file-broken");
    await add("file-whole");
    expect(await drainJobs(soon())).toEqual({ completed: 1, failed: 1 });
    expect(await jobOf("file-broken")).toMatchObject({ state: "retry", output: { message: "the store is away" } });
    expect(await jobOf("file-whole")).toMatchObject({ state: "completed" });
  });

  test("a payload that breaks its contract never reaches the handler", async () => {
    const purge = vi.spyOn(handlers, "storage-purge").mockResolvedValue();
    await (await getQueue()).send("storage-purge", { mediaFileId: "file-without-tenant" });
    expect(await drainJobs(soon())).toEqual({ completed: 0, failed: 1 });
    expect(purge).not.toHaveBeenCalled();
  });

  test("takes no new job once its time is over", async () => {
    const purge = vi.spyOn(handlers, "storage-purge").mockResolvedValue();
    await add("file-too-late");
    expect(await drainJobs(new Date())).toEqual({ completed: 0, failed: 0 });
    expect(purge).not.toHaveBeenCalled();
  });

  test("a job whose worker died is given back and run", async () => {
    await add("file-orphaned");
    await (await getQueue()).fetch("storage-purge");
    await db.$executeRaw`UPDATE pgboss.job SET started_on = now() - interval '1 day' WHERE data->>'mediaFileId' = 'file-orphaned'`;
    // Dead workers are looked for once a minute, however many drains there are.
    await db.$executeRaw`UPDATE pgboss.queue SET monitor_on = NULL`;
    const purge = vi.spyOn(handlers, "storage-purge").mockResolvedValue();
    await drainJobs(soon());
    await db.$executeRaw`UPDATE pgboss.job SET start_after = now() WHERE data->>'mediaFileId' = 'file-orphaned'`;
    await drainJobs(soon());
    expect(purge).toHaveBeenCalledTimes(1);
    expect(await jobOf("file-orphaned")).toMatchObject({ state: "completed" });
  });

  test("the scheduler's address drains and leaves its counts", async () => {
    vi.spyOn(handlers, "storage-purge").mockResolvedValue();
    await add("file-by-cron");
    const answer = await callRoute(GET, { method: "GET", headers: { authorization: `Bearer ${process.env.CRON_SECRET ?? ""}` } });
    expect(await answer.json()).toEqual({ name: "run-jobs", counts: { completed: 1, failed: 0 } });
    expect((await callRoute(GET, { method: "GET" })).status).toBe(401);
  });
});

describe("the worker", () => {
  test("runs jobs as they come, and when stopped finishes the one under way", async () => {
    const { promise: began, resolve: begin } = Promise.withResolvers<undefined>();
    const { promise: may, resolve: go } = Promise.withResolvers<undefined>();
    vi.spyOn(handlers, "storage-purge").mockImplementation(async () => {
      begin(undefined);
      await may;
    });
    const stop = new AbortController();
    const working = workJobs(stop.signal);
    await add("file-under-way");
    await began;
    stop.abort();
    expect(await Promise.race([working.then(() => "stopped"), wait(100, "still working")])).toBe("still working");
    go(undefined);
    await working;
    expect(await jobOf("file-under-way")).toMatchObject({ state: "completed" });
  });

  test("a job that was enqueued in a transaction that failed never was", async () => {
    const failing = inTransaction(async (tx) => {
      await enqueue(tx, "storage-purge", payload("file-rolled-back"));
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await jobOf("file-rolled-back")).toBeUndefined();
  });
});
