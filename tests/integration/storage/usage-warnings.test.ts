import { beforeEach, expect, test } from "vitest";
import { getQueue } from "@/lib/clients/queue";
import { db } from "@/lib/db";
import { drainJobs } from "@/lib/jobs/run";
import type { MemberActor } from "@/lib/policies/actor";
import { completeUpload } from "@/lib/services/upload-completion-service";
import { purgeFile } from "@/lib/services/storage-service";
import { createMediaFile, createMember, createOrganization, system } from "../../support/factories";
import { mailsTo } from "../../support/local-stack";
import { sample, upload } from "../../support/uploads";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let owner: MemberActor;
let admin: MemberActor;
let author: MemberActor;
let clip: Buffer;

const soon = () => new Date(Date.now() + 20_000);
const subjectsTo = async ({ email }: MemberActor) => (await mailsTo(email)).map(({ subject }) => subject);
const warned = async () => (await db.storageAccount.findUniqueOrThrow({ where: { organizationId: organization.id } })).warnedPercent;

/** One more video, after which these many percent of the limit are used. */
async function fillTo(percent: number): Promise<void> {
  const allow = (limitBytes: bigint) =>
    db.storageAccount.update({ where: { organizationId: organization.id }, data: { limitBytes }, select: { usedBytes: true } });
  const { usedBytes } = await allow(1024n ** 3n);
  const ticket = await upload(author, "VIDEO", "clip.mp4", clip);
  await allow(BigInt(Math.floor(((Number(usedBytes) + clip.length) * 100) / percent)));
  await completeUpload(author, ticket);
  await drainJobs(soon());
}

beforeEach(async () => {
  await (await getQueue()).deleteAllJobs();
  clip = await sample("clip.mp4");
  organization = await createOrganization();
  owner = await createMember(organization, "owner");
  admin = await createMember(organization, "admin");
  author = await createMember(organization, "instructor");
});

test("an upload that crosses 80 % is mailed to owners and admins once, one that crosses 95 % once more", async () => {
  await fillTo(79);
  expect(await subjectsTo(owner)).toEqual([]);
  await fillTo(81);
  await fillTo(94);
  expect(await subjectsTo(owner)).toEqual([`Storage of ${organization.name} is 80% full`]);
  await fillTo(96);
  await fillTo(97);
  expect((await subjectsTo(admin)).toSorted()).toEqual([80, 95].map((percent) => `Storage of ${organization.name} is ${percent}% full`));
  expect(await subjectsTo(author)).toEqual([]);
  const [mail] = await mailsTo(admin.email);
  expect(mail?.text).toContain(`/o/${organization.slug}/admin/storage`);
});

test("two uploads that cross it at the same moment are told of once", async () => {
  const tickets = [await upload(author, "VIDEO", "one.mp4", clip), await upload(author, "VIDEO", "two.mp4", clip)];
  const limitBytes = BigInt(clip.length) * 2n;
  await db.storageAccount.update({ where: { organizationId: organization.id }, data: { limitBytes } });
  await Promise.all(tickets.map((ticket) => completeUpload(author, ticket)));
  await drainJobs(soon());
  expect(await subjectsTo(owner)).toEqual([`Storage of ${organization.name} is 95% full`]);
});

test("once files are purged the level falls back, and the next crossing is told again", async () => {
  const old = await createMediaFile(organization, { state: "RELEASED", purgeAfter: new Date(Date.now() - 1000), bytes: 5_000_000n });
  await fillTo(90);
  expect(await warned()).toBe(80);
  await purgeFile(system, { organizationId: organization.id, mediaFileId: old.id });
  expect(await warned()).toBe(0);
  await fillTo(85);
  expect(await subjectsTo(owner)).toHaveLength(2);
});

test("nobody is mailed of a level that is gone by the time the mail is sent", async () => {
  const ticket = await upload(author, "VIDEO", "clip.mp4", clip);
  await db.storageAccount.update({ where: { organizationId: organization.id }, data: { limitBytes: BigInt(clip.length) } });
  await completeUpload(author, ticket);
  await db.storageAccount.update({ where: { organizationId: organization.id }, data: { warnedPercent: 0 } });
  await drainJobs(soon());
  expect(await subjectsTo(owner)).toEqual([]);
});
