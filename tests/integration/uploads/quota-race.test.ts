import { expect, test, vi } from "vitest";
import { db } from "@/lib/db";
import type { BeginUpload } from "@/lib/schemas/upload";
import { beginUpload } from "@/lib/services/upload-service";
import { createMember, createOrganization } from "../../support/factories";
import { uploadClient } from "../../support/upload-client";
import { storageOf } from "../../support/uploads";

vi.mock("next/headers", () => import("../../support/next-headers"));

const video = (size: number) => ({ kind: "VIDEO", fileName: "talk.mp4", contentType: "video/mp4", size, parts: [] }) satisfies BeginUpload;

test("of a hundred uploads that a hundred people begin at once where ten fit, exactly ten begin", async () => {
  const organization = await createOrganization({ limitBytes: 10_000_999n });
  const people = await Promise.all(Array.from({ length: 100 }, () => createMember(organization, "instructor")));
  const clients = await Promise.all(people.map(uploadClient));
  const answers = await Promise.all(clients.map((client) => client.begin(video(1_000_000))));
  const bodies = await Promise.all(answers.map((answer) => answer.json() as Promise<{ error?: { code: string } }>));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
  expect(bodies.flatMap(({ error }) => error?.code ?? [])).toEqual(Array(90).fill("QUOTA_EXCEEDED"));
  expect(await storageOf(organization.id)).toEqual({ used: 0, reserved: 10_000_000, ledger: { used: 0, reserved: 10_000_000 } });
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
