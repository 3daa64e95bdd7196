import { beforeEach, describe, expect, test } from "vitest";
import { DAY } from "@/lib/core/clock";
import { db } from "@/lib/db";
import { drainJobs } from "@/lib/jobs/run";
import type { PlatformActor } from "@/lib/policies/actor";
import { storageLimitsSchema, type UsageSort } from "@/lib/schemas/storage-limit";
import { getStorageLimits, listOrganizationUsage, setStorageLimits } from "@/lib/services/storage-limit-service";
import { getStorageLevel } from "@/lib/services/storage-usage-service";
import { beginUpload, uploadLimits } from "@/lib/services/upload-service";
import { createMediaFile, createMember, createOrganization, createPlatformActor } from "../../support/factories";
import { mailsTo } from "../../support/local-stack";

const GB = 1024 ** 3;
let organization: Awaited<ReturnType<typeof createOrganization>>;
let staff: PlatformActor;

beforeEach(async () => {
  organization = await createOrganization();
  staff = await createPlatformActor();
});

const set = (limits: { limitGb: string; maxFileGb?: string; maxFiles?: string }) =>
  setStorageLimits(staff, storageLimitsSchema.parse({ organizationId: organization.id, maxFileGb: "", maxFiles: "", ...limits }));

describe("an organization's limits", () => {
  test("are set in GB, hold at once and are written down; empty ones are none", async () => {
    const author = await createMember(organization, "instructor");
    await set({ limitGb: "1.5", maxFileGb: "0.5", maxFiles: "3" });
    expect(await getStorageLimits(staff, organization.id)).toEqual({ limitBytes: 1.5 * GB, maxFileBytes: GB / 2, maxFiles: 3 });
    const audit = await db.auditEvent.findFirst({ where: { action: "storage.limits-changed", organizationId: organization.id } });
    expect(audit).toMatchObject({ actorId: staff.userId, before: { maxFiles: null }, after: { limitBytes: 1.5 * GB, maxFiles: 3 } });
    // Uploaders say the plan's size where it is smaller than the kind's own, and never a larger one.
    const limitsOf = await uploadLimits(author);
    expect(limitsOf("VIDEO")).toMatchObject({ maxBytes: GB / 2, hint: expect.stringContaining("up to 512 MB") as string });
    expect(limitsOf("THUMBNAIL").maxBytes).toBeLessThan(GB / 2);
    const video = { kind: "VIDEO" as const, fileName: "talk.mp4", contentType: "video/mp4", size: GB, parts: [] };
    await expect(beginUpload(author, video)).rejects.toMatchObject({ code: "TOO_LARGE" });
    await set({ limitGb: "1.5" });
    expect((await uploadLimits(author))("VIDEO").maxBytes).toBeGreaterThan(GB);
    expect(await getStorageLimits(staff, organization.id)).toMatchObject({ maxFileBytes: null, maxFiles: null });
    await set({ limitGb: "1.5" });
    expect(await db.auditEvent.count({ where: { action: "storage.limits-changed", organizationId: organization.id } })).toBe(2);
  });

  test("below what is used delete nothing and say so; who is warned follows down and up at once", async () => {
    const owner = await createMember(organization, "owner");
    const file = await createMediaFile(organization, { bytes: BigInt(GB) });
    expect(await set({ limitGb: "0.75" })).toEqual({ excessBytes: GB / 4 });
    expect((await getStorageLevel(owner)).percent).toBeGreaterThan(100);
    expect((await drainJobs(new Date(Date.now() + 20_000))).failed).toBe(0);
    const { email } = await db.user.findUniqueOrThrow({ where: { id: owner.userId } });
    expect(await mailsTo(email)).toHaveLength(1);
    // Raised before the next warning is mailed: nobody is told what is not so any more, and the next crossing is told again.
    expect(await set({ limitGb: "1.2" })).toEqual({ excessBytes: 0 });
    expect(await set({ limitGb: "1" })).toEqual({ excessBytes: 0 });
    expect(await set({ limitGb: "10" })).toEqual({ excessBytes: 0 });
    expect(await db.storageAccount.findUnique({ where: { organizationId: organization.id } })).toMatchObject({ warnedPercent: 0 });
    expect((await drainJobs(new Date(Date.now() + 20_000))).failed).toBe(0);
    expect(await mailsTo(email)).toHaveLength(1);
    expect(await db.mediaFile.findUnique({ where: { id: file.id } })).toMatchObject({ state: "READY" });
  });

  test.each([
    [{ limitGb: "" }, "Write a number of GB, such as 50 or 0.5."],
    [{ limitGb: "0" }, "Write more than 0."],
    [{ limitGb: "much" }, "Write a number of GB, such as 50 or 0.5."],
    [{ limitGb: "5", maxFiles: "1.5" }, "Write a whole number."],
    [{ limitGb: "5", maxFiles: "many" }, "Write a whole number."],
    [{ limitGb: "5", maxFileGb: "-1" }, "Write more than 0."],
  ])("refuse %o and say what is wrong", (limits, message) => {
    const input = { organizationId: organization.id, maxFileGb: "", maxFiles: "", ...limits };
    expect(storageLimitsSchema.safeParse(input).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  test("of an organization that is not there are not found", async () => {
    const input = { organizationId: staff.userId, limitBytes: GB, maxFileBytes: null, maxFiles: null };
    await expect(setStorageLimits(staff, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(getStorageLimits(staff, staff.userId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("the platform's list of organizations", () => {
  test("tells what each takes and how it grew, in any order, searched and paged", async () => {
    const mark = organization.slug;
    const second = await createOrganization({ name: `${mark} second` });
    await createMediaFile(organization, { bytes: 300n });
    await createMediaFile(organization, { state: "PENDING", bytes: 100n });
    await createMediaFile(organization, {
      bytes: 20n,
      kind: "THUMBNAIL",
      parentId: (await createMediaFile(organization, { bytes: 80n })).id,
    });
    await createMediaFile(second, { bytes: 200n });
    await db.organization.update({ where: { id: organization.id }, data: { name: `${mark} first` } });
    const day = (ago: number, usedBytes: bigint) => {
      return { organizationId: organization.id, day: new Date(Date.now() - ago * DAY), usedBytes, files: 1 };
    };
    await db.storageUsageDay.createMany({ data: [day(40, 900n), day(31, 350n), day(5, 390n)] });
    await db.storageAccount.update({ where: { organizationId: organization.id }, data: { limitBytes: 1000n } });
    await db.storageAccount.update({ where: { organizationId: second.id }, data: { limitBytes: 250n } });
    const list = (sort: UsageSort) => listOrganizationUsage(staff, { q: mark, sort, page: 1 });
    const used = await list("used");
    expect(used).toMatchObject({ total: 2, pageSize: 25 });
    expect(used.items).toMatchObject([
      { id: organization.id, usedBytes: 400, reservedBytes: 100, percent: 50, files: 2, grownBytes: 50 },
      { id: second.id, usedBytes: 200, percent: 80, files: 1, grownBytes: 200 },
    ]);
    for (const sort of ["full", "grown"] as const) expect((await list(sort)).items[0]?.id).toBe(second.id);
    for (const sort of ["files", "name"] as const) expect((await list(sort)).items[0]?.id).toBe(organization.id);
    expect(await listOrganizationUsage(staff, { q: `${mark}%`, sort: "used", page: 1 })).toMatchObject({ items: [], total: 0 });
    const all = await listOrganizationUsage(staff, { q: "", sort: "name", page: 1 });
    expect(all.items.length).toBe(Math.min(25, all.total));
  });
});
