import { expect, test } from "vitest";
import { db } from "@/lib/db";
import type { BeginUpload } from "@/lib/schemas/upload";
import { beginUpload } from "@/lib/services/upload-service";
import { createMember, createOrganization } from "../../support/factories";
import { storageOf } from "../../support/uploads";

const video = (size: number) => ({ kind: "VIDEO", fileName: "talk.mp4", contentType: "video/mp4", size, parts: [] }) satisfies BeginUpload;

test("of twenty uploads that begin at once where five fit, exactly five begin", async () => {
  const organization = await createOrganization({ limitBytes: 5_000_999n });
  const author = await createMember(organization, "instructor");
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => beginUpload(author, video(1_000_000))));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "QUOTA_EXCEEDED" });
  expect(await storageOf(organization.id)).toEqual({ used: 0, reserved: 5_000_000, ledger: { used: 0, reserved: 5_000_000 } });
});

test("an organization whose account is missing gets one with the standard limit, once", async () => {
  const organization = await createOrganization();
  await db.storageAccount.delete({ where: { organizationId: organization.id } });
  const author = await createMember(organization, "instructor");
  await Promise.all([beginUpload(author, video(1)), beginUpload(author, video(2))]);
  expect(await db.storageAccount.findUniqueOrThrow({ where: { organizationId: organization.id } })).toMatchObject({
    limitBytes: 50n * 1024n ** 3n,
    reservedBytes: 3n,
  });
});

test("a learner can't begin an upload, whichever way the call came in", async () => {
  const learner = await createMember(await createOrganization(), "learner");
  await expect(beginUpload(learner, video(1))).rejects.toMatchObject({ code: "FORBIDDEN" });
});
