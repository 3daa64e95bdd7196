import { describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { learnerListSchema, LEARNERS_PER_PAGE } from "@/lib/schemas/enrolment";
import { enrol, listLearners } from "@/lib/services/enrolment-service";
import { createCourse, createEnrolment, createLesson, createMember, createOrganization, createUser } from "../../support/factories";

const list = (input: object = {}) => learnerListSchema.parse(input);

describe("enrolling", () => {
  it("enrols a member once, also when the button is pressed many times at the same moment", async () => {
    const organization = await createOrganization();
    const course = await createCourse(organization);
    const learner = await createMember(organization, "learner");
    const answers = await Promise.all(Array.from({ length: 8 }, () => enrol(learner, { courseId: course.id })));
    expect(answers).toEqual(Array.from({ length: 8 }, () => ({ courseSlug: course.slug })));
    expect(await db.enrolment.count({ where: { courseId: course.id } })).toBe(1);
  });

  it("waits for the same enrolment under way elsewhere, and takes it for its own", async () => {
    const organization = await createOrganization();
    const course = await createCourse(organization);
    const learner = await createMember(organization, "learner");
    const written = Promise.withResolvers<undefined>();
    const released = Promise.withResolvers<undefined>();
    const elsewhere = db.$transaction(async (tx) => {
      await tx.enrolment.create({ data: { organizationId: organization.id, courseId: course.id, userId: learner.userId } });
      written.resolve(undefined);
      await released.promise;
    });
    await written.promise;
    const here = enrol(learner, { courseId: course.id });
    const waiting = () => db.$queryRaw<{ pid: number }[]>`
      SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await expect.poll(async () => (await waiting()).length).toBeGreaterThan(0);
    released.resolve(undefined);
    await elsewhere;
    await expect(here).resolves.toEqual({ courseSlug: course.slug });
    expect(await db.enrolment.count({ where: { courseId: course.id } })).toBe(1);
  });

  it("finds no course of another tenant", async () => {
    const course = await createCourse(await createOrganization());
    const stranger = await createMember(await createOrganization(), "owner");
    await expect(enrol(stranger, { courseId: course.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("hides drafts and archived courses from learners who are not enrolled", async () => {
    const organization = await createOrganization();
    const learner = await createMember(organization, "learner");
    for (const status of ["DRAFT", "ARCHIVED"] as const) {
      const course = await createCourse(organization, { status });
      await expect(enrol(learner, { courseId: course.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });

  it("tells an author that a draft takes nobody", async () => {
    const organization = await createOrganization();
    const course = await createCourse(organization, { status: "DRAFT" });
    const author = await createMember(organization, "instructor");
    await expect(enrol(author, { courseId: course.id })).rejects.toMatchObject({ code: "REJECTED" });
    expect(await db.enrolment.count({ where: { courseId: course.id } })).toBe(0);
  });

  it("keeps those who enrolled before the course was archived", async () => {
    const organization = await createOrganization();
    const course = await createCourse(organization, { status: "ARCHIVED" });
    const learner = await createMember(organization, "learner");
    await createEnrolment(course, learner.userId);
    await expect(enrol(learner, { courseId: course.id })).resolves.toEqual({ courseSlug: course.slug });
  });
});

describe("the list of a course's learners", () => {
  it("is for those who may see progress, and of their own tenant", async () => {
    const organization = await createOrganization();
    const course = await createCourse(organization);
    const learner = await createMember(organization, "learner");
    const stranger = await createMember(await createOrganization(), "owner");
    await expect(listLearners(learner, course.id, list())).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(listLearners(stranger, course.id, list())).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("counts the lessons that exist now, and shows who has left the organization", async () => {
    const organization = await createOrganization();
    const course = await createCourse(organization);
    const admin = await createMember(organization, "admin");
    const done = await createLesson(course);
    await createLesson(course);
    const gone = await createLesson(course);
    const left = await createUser({ name: "Lena Left" });
    const enrolment = await createEnrolment(course, left.id);
    for (const lesson of [done, gone]) {
      await db.lessonProgress.create({ data: { enrolmentId: enrolment.id, lessonId: lesson.id, completedAt: new Date() } });
    }
    await db.lesson.delete({ where: { id: gone.id } });
    const { learners, total } = await listLearners(admin, course.id, list());
    expect(total).toBe(1);
    expect(learners).toMatchObject([{ name: "Lena Left", member: false, done: 1, total: 2, percent: 50 }]);
  });

  it("searches words as they stand, sorts by progress and pages", async () => {
    const organization = await createOrganization();
    const course = await createCourse(organization);
    const admin = await createMember(organization, "admin");
    const lessons = [await createLesson(course), await createLesson(course)];
    const people = LEARNERS_PER_PAGE + 2;
    for (let number = 0; number < people; number += 1) {
      const user = await createUser({ name: ["100% Ada", "1000 Bees"][number] ?? `Person ${String(number)}` });
      const enrolment = await createEnrolment(course, user.id);
      for (const lesson of lessons.slice(0, number % 3)) {
        await db.lessonProgress.create({ data: { enrolmentId: enrolment.id, lessonId: lesson.id, completedAt: new Date() } });
      }
    }
    const found = await listLearners(admin, course.id, list({ q: "100%" }));
    expect(found.learners.map((learner) => learner.name)).toEqual(["100% Ada"]);

    const first = await listLearners(admin, course.id, list({ sort: "percent", order: "desc" }));
    const second = await listLearners(admin, course.id, list({ sort: "percent", order: "desc", page: 2 }));
    const all = [...first.learners, ...second.learners];
    expect([first.total, first.learners.length, all.length]).toEqual([people, LEARNERS_PER_PAGE, people]);
    expect(new Set(all.map((learner) => learner.enrolmentId)).size).toBe(people);
    expect(all.map((learner) => learner.percent)).toEqual([...all.map((learner) => learner.percent)].sort((a, b) => b - a));
  });
});
