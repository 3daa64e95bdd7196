import { randomUUID } from "node:crypto";
import { db } from "@/lib/db";
import type { MemberActor, PlatformActor, SystemActor, UserActor } from "@/lib/policies/actor";
import type { Role } from "@/lib/policies/permission";
import type { Prisma } from "@/prisma/generated/client";

let counter = 0;

/** A short name that no other row of this run has. */
export function unique(prefix: string): string {
  counter += 1;
  return `${prefix}-${counter}-${randomUUID().slice(0, 8)}`;
}

export function createUser(data: Partial<Prisma.UserCreateInput> = {}) {
  const name = unique("person");
  return db.user.create({ data: { id: randomUUID(), name, email: `${name}@example.test`, emailVerified: true, ...data } });
}

/** An organization with a storage account of 1 GiB. */
export function createOrganization(data: Partial<Prisma.OrganizationUncheckedCreateInput> & { limitBytes?: bigint } = {}) {
  const { limitBytes = 1024n ** 3n, ...rest } = data;
  const slug = rest.slug ?? unique("org");
  return db.organization.create({
    data: {
      name: `Organization ${slug}`,
      slug,
      storagePrefix: `organizations/${slug}/`,
      storageAccount: { create: { limitBytes } },
      ...rest,
    },
  });
}

type OrganizationRow = Awaited<ReturnType<typeof createOrganization>>;

/** A person of that role, as the gates would hand them to a service. */
export async function createMember(organization: OrganizationRow, role: Role): Promise<MemberActor> {
  const user = await createUser();
  const member = await db.member.create({ data: { organizationId: organization.id, userId: user.id, role } });
  const { id, slug, name, storagePrefix, accentColor } = organization;
  return {
    kind: "member",
    userId: user.id,
    email: user.email,
    name: user.name,
    platformAdmin: false,
    memberId: member.id,
    role,
    organization: { id, slug, name, storagePrefix, accentColor },
  };
}

export async function createUserActor(): Promise<UserActor> {
  const user = await createUser();
  return { kind: "user", userId: user.id, email: user.email, name: user.name, platformAdmin: false };
}

export async function createPlatformActor(): Promise<PlatformActor> {
  const user = await createUser({ role: "admin" });
  return { kind: "platform", userId: user.id, email: user.email, name: user.name, platformAdmin: true };
}

export const system: SystemActor = { kind: "system", label: "test" };

/** A published course without chapters. */
export function createCourse(organization: OrganizationRow, data: Partial<Prisma.CourseUncheckedCreateInput> = {}) {
  const slug = unique("course");
  return db.course.create({
    data: { organizationId: organization.id, title: `Course ${slug}`, slug, status: "PUBLISHED", publishedAt: new Date(), ...data },
  });
}

type CourseRow = Awaited<ReturnType<typeof createCourse>>;

export async function createChapter(course: CourseRow, data: Partial<Prisma.ChapterUncheckedCreateInput> = {}) {
  const position = await db.chapter.count({ where: { courseId: course.id } });
  const { organizationId, id: courseId } = course;
  return db.chapter.create({ data: { organizationId, courseId, title: unique("Chapter"), position, ...data } });
}

/** A text lesson at the end of the given chapter, or of a new one. */
export async function createLesson(course: CourseRow, data: Partial<Prisma.LessonUncheckedCreateInput> = {}) {
  const chapterId = data.chapterId ?? (await createChapter(course)).id;
  const position = await db.lesson.count({ where: { chapterId } });
  const { organizationId, id: courseId } = course;
  return db.lesson.create({ data: { organizationId, courseId, title: unique("Lesson"), position, ...data, chapterId } });
}

/** A ledger row, READY and counted in the organization's usage unless told otherwise. It puts no object into the bucket. */
export async function createMediaFile(organization: OrganizationRow, data: Partial<Prisma.MediaFileUncheckedCreateInput> = {}) {
  const id = randomUUID();
  const file = await db.mediaFile.create({
    data: {
      id,
      organizationId: organization.id,
      fileKey: `${organization.storagePrefix}private/video/${id}.mp4`,
      kind: "VIDEO",
      fileName: "lesson.mp4",
      declaredType: "video/mp4",
      verifiedType: "video/mp4",
      bytes: 1_000_000n,
      durationMs: 100_000,
      state: "READY",
      readyAt: new Date(),
      ...data,
    },
  });
  const column = file.state === "PENDING" ? "reservedBytes" : "usedBytes";
  if (file.state !== "PURGED") {
    await db.storageAccount.update({ where: { organizationId: organization.id }, data: { [column]: { increment: file.bytes } } });
  }
  return file;
}

export function createEnrolment(course: CourseRow, userId: string, data: Partial<Prisma.EnrolmentUncheckedCreateInput> = {}) {
  return db.enrolment.create({ data: { organizationId: course.organizationId, courseId: course.id, userId, ...data } });
}
