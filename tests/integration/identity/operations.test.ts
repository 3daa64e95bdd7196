import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { enqueue } from "@/lib/jobs/enqueue";
import type { PlatformActor } from "@/lib/policies/actor";
import { listAuditEvents, recordAudit } from "@/lib/services/audit-service";
import { recordCronRun } from "@/lib/services/cron-run-service";
import { listCronRuns, listQueues } from "@/lib/services/job-service";
import { createMember, createOrganization, createPlatformActor } from "../../support/factories";
import { anyDate } from "../../support/matchers";

let platform: PlatformActor;
beforeAll(async () => {
  platform = await createPlatformActor();
});

test("the audit pages by the last entry seen, newest first, and misses none", async () => {
  const organization = await createOrganization({ name: "Audited Ltd" });
  const actor = await createMember(organization, "admin");
  for (let count = 0; count < 53; count += 1) await recordAudit(db, actor, { action: "thing.counted", after: { count } });
  const first = await listAuditEvents(platform, { organization: organization.id });
  // An entry that is added between two pages moves nothing.
  await recordAudit(db, actor, { action: "thing.counted", after: { count: 53 } });
  const second = await listAuditEvents(platform, { organization: organization.id, before: first.next ?? undefined });
  const counts = [...first.items, ...second.items].map((item) => item.after?.count);
  expect(counts).toEqual(Array.from({ length: 53 }, (_, index) => 52 - index));
  expect(second.next).toBeNull();
  expect(first.items[0]).toMatchObject({ actor: actor.email, organization: { id: organization.id, name: "Audited Ltd" } });
});

test("the audit narrows to actions that begin with the words", async () => {
  const actor = await createMember(await createOrganization(), "admin");
  await recordAudit(db, actor, { action: "paint.mixed" });
  await recordAudit(db, actor, { action: "painter.hired" });
  const { items } = await listAuditEvents(platform, { action: "paint." });
  expect(items.map((item) => item.action)).toEqual(["paint.mixed"]);
});

test("an entry of an organization that is gone still shows", async () => {
  await recordAudit(db, { kind: "system", label: "cron:test" }, { action: "ghost.seen", organizationId: "gone-0001" });
  const { items } = await listAuditEvents(platform, { action: "ghost." });
  expect(items).toMatchObject([{ actor: "cron:test", organization: { id: "gone-0001", name: "Deleted organization" } }]);
});

test("a job that runs every minute does not crowd a weekly one out of the list, and its old runs go", async () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  await db.cronRun.create({ data: { name: "weekly", startedAt: daysAgo(6) } });
  await db.cronRun.createMany({ data: Array.from({ length: 60 }, () => ({ name: "minutely", startedAt: daysAgo(1) })) });
  await db.cronRun.create({ data: { name: "minutely", startedAt: daysAgo(31) } });
  await recordCronRun("minutely", async () => ({}));
  const names = (await listCronRuns(platform)).map((run) => run.name);
  expect(names.filter((name) => name === "minutely")).toHaveLength(20);
  expect(names).toContain("weekly");
  expect(await db.cronRun.count({ where: { name: "minutely", startedAt: { lt: daysAgo(30) } } })).toBe(0);
});

test("a scheduled run shows its counts, a failed one its error", async () => {
  await recordCronRun("good-run", async () => ({ removed: 3 }));
  await expect(recordCronRun("bad-run", () => Promise.reject(new Error("storage is away")))).rejects.toThrow("storage is away");
  const runs = await listCronRuns(platform);
  expect(runs.find((run) => run.name === "good-run")).toMatchObject({ counts: { removed: 3 }, error: null, finishedAt: anyDate });
  expect(runs.find((run) => run.name === "bad-run")).toMatchObject({ counts: {}, error: "storage is away" });
});

test("the queues count what waits and what is for later", async () => {
  await enqueue(db, "send-invitation", { invitationId: "nobody-0001" });
  await enqueue(db, "send-invitation", { invitationId: "nobody-0002" }, new Date(Date.now() + 3_600_000));
  const queues = await listQueues(platform);
  expect(queues.find((queue) => queue.name === "send-invitation")).toEqual({
    name: "send-invitation",
    waiting: 1,
    delayed: 1,
    active: 0,
    failed: 0,
  });
});
