import { Client } from "pg";
import { beforeEach, describe, expect, test } from "vitest";
import { GET } from "@/app/api/cron/reconcile-storage/route";
import { DAY } from "@/lib/core/clock";
import { lockStorageAccount, moveBytes } from "@/lib/data/storage-account";
import { inTransaction } from "@/lib/data/transaction";
import { db } from "@/lib/db";
import { reconcileStorage } from "@/lib/services/storage-reconcile-service";
import { getStorageOverview } from "@/lib/services/storage-usage-service";
import { callRoute } from "../../support/call-route";
import { createMediaFile, createMember, createOrganization, system } from "../../support/factories";
import { databaseUrl } from "../../support/local-stack";
import { storageOf } from "../../support/uploads";

let organization: Awaited<ReturnType<typeof createOrganization>>;

/** Noon of the day so many days ago, UTC. */
function noon(daysAgo: number): Date {
  const day = new Date(Date.now() - daysAgo * DAY);
  day.setUTCHours(12, 0, 0, 0);
  return day;
}
const dayName = (daysAgo: number) => noon(daysAgo).toISOString().slice(0, 10);

async function days() {
  const rows = await db.storageUsageDay.findMany({ where: { organizationId: organization.id }, orderBy: { day: "asc" } });
  return rows.map(({ day, usedBytes, files }) => [day.toISOString().slice(0, 10), Number(usedBytes), files]);
}

beforeEach(async () => {
  await db.organization.deleteMany();
  organization = await createOrganization();
});

describe("the nightly reconciliation", () => {
  test("puts sums right that differ from the ledger, counts the drift, and finds none the second time", async () => {
    await createMediaFile(organization, { bytes: 700n });
    await createMediaFile(organization, { bytes: 50n, state: "RELEASED" });
    await createMediaFile(organization, { bytes: 30n, state: "PENDING", readyAt: null });
    await createMediaFile(organization, { bytes: 9_000n, state: "PURGED" });
    await createMediaFile(await createOrganization(), { bytes: 5n });
    await db.storageAccount.update({ where: { organizationId: organization.id }, data: { usedBytes: 1_000n, reservedBytes: 0n } });
    expect(await reconcileStorage(system)).toMatchObject({ organizations: 2, drifted: 1, driftBytes: 280, failed: 0 });
    expect(await storageOf(organization.id)).toMatchObject({ used: 750, reserved: 30, ledger: { used: 750, reserved: 30 } });
    expect(await reconcileStorage(system)).toEqual({ organizations: 2, drifted: 0, driftBytes: 0, days: 0, failed: 0 });
    const [entry, ...others] = await db.auditEvent.findMany({ where: { organizationId: organization.id, action: "storage.reconciled" } });
    expect(entry).toMatchObject({ before: { usedBytes: 1_000, reservedBytes: 0 }, after: { usedBytes: 750, reservedBytes: 30 } });
    expect(others).toEqual([]);
  });

  test("waits for a change of the sums that is under way, and counts it once", async () => {
    const scope = { organizationId: organization.id };
    const { promise: held, resolve: hold } = Promise.withResolvers<undefined>();
    const { promise: may, resolve: go } = Promise.withResolvers<undefined>();
    const change = inTransaction(async (tx) => {
      await lockStorageAccount(scope, tx);
      hold(undefined);
      await may;
      await tx.mediaFile.create({
        data: { ...scope, fileKey: "late", kind: "VIDEO", fileName: "late.mp4", declaredType: "video/mp4", bytes: 400n, state: "READY" },
      });
      await moveBytes(scope, { used: 400n }, tx);
    });
    await held;
    const run = reconcileStorage(system);
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    await expect.poll(async () => (await client.query(waiting)).rowCount).toBe(1);
    go(undefined);
    await change;
    expect(await run).toMatchObject({ drifted: 0, failed: 0 });
    await client.end();
    expect(await storageOf(organization.id)).toMatchObject({ used: 400, ledger: { used: 400 } });
  });

  test("warns when a limit was lowered below what is used", async () => {
    const owner = await createMember(organization, "owner");
    await createMediaFile(organization, { bytes: 990n });
    await db.storageAccount.update({ where: { organizationId: organization.id }, data: { limitBytes: 1_000n } });
    await reconcileStorage(system);
    const jobs = await db.$queryRaw`SELECT data FROM pgboss.job WHERE name = 'send-storage-warning' AND data->>'userId' = ${owner.userId}`;
    expect(jobs).toEqual([{ data: { organizationId: organization.id, userId: owner.userId, percent: 95 } }]);
  });

  test("answers the scheduler with its counts", async () => {
    const headers = { authorization: `Bearer ${process.env.CRON_SECRET ?? ""}` };
    const answer = await callRoute(GET, { method: "GET", headers });
    expect(await answer.json()).toMatchObject({ name: "reconcile-storage", counts: { organizations: 1, drifted: 0 } });
  });
});

describe("the usage of days that are over", () => {
  test("is what lay in the bucket at the end of each, from the first file on, and today is not over", async () => {
    await createMediaFile(organization, { bytes: 100n, readyAt: noon(4) });
    await createMediaFile(organization, { bytes: 30n, readyAt: noon(3), purgedAt: noon(1), state: "PURGED" });
    const picture = await createMediaFile(organization, { bytes: 7n, readyAt: noon(2), kind: "THUMBNAIL" });
    await createMediaFile(organization, { bytes: 2n, readyAt: noon(2), kind: "THUMBNAIL", parentId: picture.id });
    await createMediaFile(organization, { bytes: 5_000n, readyAt: noon(0) });
    await createMediaFile(organization, { bytes: 60n, readyAt: null, purgedAt: noon(2), state: "PURGED" });
    expect(await reconcileStorage(system)).toMatchObject({ days: 4 });
    expect(await days()).toEqual([
      [dayName(4), 100, 1],
      [dayName(3), 130, 2],
      [dayName(2), 139, 3],
      [dayName(1), 109, 2],
    ]);
  });

  test("goes on after the last one written, so that nights without a run are filled in", async () => {
    await createMediaFile(organization, { bytes: 100n, readyAt: noon(9) });
    await createMediaFile(organization, { bytes: 11n, readyAt: noon(2) });
    await db.storageUsageDay.create({
      data: { organizationId: organization.id, day: new Date(dayName(4)), usedBytes: 90n, files: 1 },
    });
    expect(await reconcileStorage(system)).toMatchObject({ days: 3 });
    expect(await days()).toEqual([
      [dayName(4), 90, 1],
      [dayName(3), 100, 1],
      [dayName(2), 111, 2],
      [dayName(1), 111, 2],
    ]);
  });

  test("is what the overview shows as growth, with what is used now at its end", async () => {
    const admin = await createMember(organization, "admin");
    await createMediaFile(organization, { bytes: 100n, readyAt: noon(2) });
    await createMediaFile(organization, { bytes: 11n, readyAt: noon(0) });
    await reconcileStorage(system);
    expect((await getStorageOverview(admin, { page: 1 })).growth).toEqual([
      { day: dayName(2), bytes: 100, files: 1 },
      { day: dayName(1), bytes: 100, files: 1 },
      { day: dayName(0), bytes: 111, files: 2 },
    ]);
  });

  test("is nothing for an organization that never had a file", async () => {
    expect(await reconcileStorage(system)).toMatchObject({ organizations: 1, days: 0 });
    expect(await days()).toEqual([]);
  });
});
