import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { roles, type Role } from "@/lib/policies/permission";
import type { Rows } from "./entries";
import { createCourse, createLesson, createMediaFile, createMember, createOrganization, unique } from "./factories";

export type Tenant = { organization: Awaited<ReturnType<typeof createOrganization>>; members: Record<Role, MemberActor>; rows: Rows };

/** An organization with a member of every role and a row of every kind. */
export async function createTenant(): Promise<Tenant> {
  const organization = await createOrganization();
  const [owner, admin, instructor, learner] = await Promise.all(roles.map((role) => createMember(organization, role)));
  if (!owner || !admin || !instructor || !learner) throw new Error("A role is missing.");
  const course = await createCourse(organization);
  const video = await createMediaFile(organization);
  const lesson = await createLesson(course, { videoId: video.id });
  const pending = await createMediaFile(organization, { state: "PENDING", readyAt: null, reservedUntil: new Date(Date.now() + 3_600_000) });
  const invitation = await db.invitation.create({
    data: {
      organizationId: organization.id,
      email: `${unique("guest")}@example.test`,
      role: "learner",
      status: "pending",
      expiresAt: new Date(Date.now() + 86_400_000),
      inviterId: owner.userId,
    },
  });
  const deleted = await db.deletedItem.create({
    data: {
      organizationId: organization.id,
      kind: "LESSON",
      title: "Lesson",
      courseId: course.id,
      purgeAfter: new Date(Date.now() + 3_600_000),
    },
  });
  const exported = await db.storageExport.create({
    data: { organizationId: organization.id, fileKey: unique(`exports/${organization.id}/`), partSize: 16_777_216 },
  });
  const imported = await db.storageImport.create({
    data: { organizationId: organization.id, archiveKey: exported.fileKey, sourceName: organization.name },
  });
  const sweep = await db.storageSweep.create({ data: { mode: "REPORT", state: "DONE" } });
  const rows: Rows = {
    organizationId: organization.id,
    courseId: course.id,
    courseSlug: course.slug,
    chapterId: lesson.chapterId,
    lessonId: lesson.id,
    videoId: video.id,
    pendingFileId: pending.id,
    memberId: learner.memberId,
    invitationId: invitation.id,
    deletedItemId: deleted.id,
    exportId: exported.id,
    importId: imported.id,
    sweepId: sweep.id,
  };
  return { organization, members: { owner, admin, instructor, learner }, rows };
}
