import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { listOwnOrganizations } from "@/lib/services/access-service";
import { getOrganizationSettings, updateOrganization } from "@/lib/services/organization-service";
import { createMediaFile, createMember, createOrganization } from "../../support/factories";
import { finishedPicture } from "../pictures/picture";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let owner: MemberActor;
const settings = () => ({ name: organization.name, accentColor: null });
const stateOf = async (id: string) => (await db.mediaFile.findUniqueOrThrow({ where: { id } })).state;

beforeEach(async () => {
  organization = await createOrganization();
  owner = await createMember(organization, "owner");
});

describe("an organization's logo", () => {
  test("is saved with its settings, and shown to everybody who belongs to it in a small size", async () => {
    const { id } = await finishedPicture(owner, "AVATAR", 400, 300);
    await updateOrganization(owner, { ...settings(), logoId: id });
    expect(await getOrganizationSettings(owner)).toMatchObject({ name: organization.name, logo: { id, kind: "AVATAR" } });
    const [own] = await listOwnOrganizations(await createMember(organization, "learner"));
    expect(own?.logo).toMatch(/\/public\/avatar\/[^?]+-w128\.webp$/);
    expect((await fetch(own?.logo ?? "")).status).toBe(200);
    const [audit] = await db.auditEvent.findMany({ where: { action: "organization.updated", subjectId: organization.id } });
    expect(audit).toMatchObject({ before: { logoId: null }, after: { logoId: id }, actorId: owner.userId });
  });

  test("is released when it is replaced or removed, and stays when something else is saved", async () => {
    const [first, second] = [await finishedPicture(owner, "AVATAR"), await finishedPicture(owner, "AVATAR")];
    await updateOrganization(owner, { ...settings(), logoId: first.id });
    await updateOrganization(owner, { ...settings(), name: "Renamed", logoId: first.id });
    expect(await stateOf(first.id)).toBe("READY");
    await updateOrganization(owner, { ...settings(), logoId: second.id });
    expect([await stateOf(first.id), await stateOf(second.id)]).toEqual(["RELEASED", "READY"]);
    await updateOrganization(owner, { ...settings(), logoId: null });
    expect(await stateOf(second.id)).toBe("RELEASED");
    expect((await listOwnOrganizations(owner))[0]?.logo).toBeNull();
  });

  test("is only a finished picture of this tenant that was uploaded as one; nothing else is saved then", async () => {
    const foreign = await createMediaFile(await createOrganization(), { kind: "AVATAR" });
    const thumbnail = await createMediaFile(organization, { kind: "THUMBNAIL" });
    for (const { id: logoId } of [foreign, thumbnail]) {
      await expect(updateOrganization(owner, { name: "Not saved", accentColor: null, logoId })).rejects.toMatchObject({
        fieldErrors: { logoId: [expect.any(String)] },
      });
    }
    expect(await getOrganizationSettings(owner)).toEqual({
      name: organization.name,
      slug: organization.slug,
      accentColor: null,
      logo: null,
      removed: [],
    });
  });

  test("and the other settings are no business of an instructor", async () => {
    const instructor = await createMember(organization, "instructor");
    await expect(getOrganizationSettings(instructor)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("of several that are saved at the same moment one stays, and the others are released", async () => {
    const files = await Promise.all(Array.from({ length: 6 }, () => createMediaFile(organization, { kind: "AVATAR" })));
    await Promise.all(files.map(({ id }) => updateOrganization(owner, { ...settings(), logoId: id })));
    const { logo } = await getOrganizationSettings(owner);
    for (const { id } of files) expect(await stateOf(id)).toBe(id === logo?.id ? "READY" : "RELEASED");
  });
});
