import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { cancelUpload, completeUpload } from "@/lib/services/upload-completion-service";
import { beginUpload } from "@/lib/services/upload-service";
import { createMediaFile, createMember, createOrganization } from "../../support/factories";
import { beginInput, picture, send, storageOf } from "../../support/uploads";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: MemberActor;

const plan = (limits: { maxFileBytes?: bigint; maxFiles?: number }) =>
  db.storageAccount.update({ where: { organizationId: organization.id }, data: limits });
const video = (size: number) => ({ kind: "VIDEO" as const, fileName: "talk.mp4", contentType: "video/mp4", size, parts: [] });

beforeEach(async () => {
  organization = await createOrganization();
  author = await createMember(organization, "instructor");
});

describe("a plan's largest file", () => {
  test("begins at its size and is refused one byte above, with nothing set aside", async () => {
    await plan({ maxFileBytes: 2_000n });
    await expect(beginUpload(author, video(2_001))).rejects.toMatchObject({ code: "TOO_LARGE" });
    await expect(beginUpload(author, video(4_096))).rejects.toThrow(
      "This file has 4 KB; this organization's plan takes files of up to 2 KB.",
    );
    expect((await storageOf(organization.id)).reserved).toBe(0);
    await beginUpload(author, video(2_000));
    expect((await storageOf(organization.id)).reserved).toBe(2_000);
  });
});

describe("a plan's number of files", () => {
  test("counts those under way, finished and leaving, and not the purged ones or another tenant's", async () => {
    await plan({ maxFiles: 4 });
    for (const state of ["READY", "RELEASED", "PURGED"] as const) await createMediaFile(organization, { state });
    await createMediaFile(await createOrganization());
    await beginUpload(author, video(10));
    const last = await beginUpload(author, video(11));
    await expect(beginUpload(author, video(12))).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
    await cancelUpload(author, last);
    await beginUpload(author, video(12));
  });

  test("can't be passed by twenty people who begin at once", async () => {
    await plan({ maxFiles: 3 });
    const people = await Promise.all(Array.from({ length: 20 }, () => createMember(organization, "instructor")));
    const begun = await Promise.allSettled(people.map((person) => beginUpload(person, video(100))));
    const refused = begun.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : []));
    expect(begun.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(refused).toHaveLength(17);
    for (const reason of refused) expect(reason).toMatchObject({ code: "QUOTA_EXCEEDED" });
    expect(await storageOf(organization.id)).toEqual({ used: 0, reserved: 300, ledger: { used: 0, reserved: 300 } });
  });

  test("does not count the sizes that are made of a picture: the last file may be one", async () => {
    const body = await picture("png", 1_200, 700);
    await plan({ maxFiles: 1 });
    const ticket = await beginUpload(author, beginInput("THUMBNAIL", "cover.png", body));
    await send(ticket, body);
    expect(await completeUpload(author, ticket)).toMatchObject({ state: "READY" });
    expect(await db.mediaFile.count({ where: { organizationId: organization.id, state: "READY" } })).toBeGreaterThan(1);
  });
});
