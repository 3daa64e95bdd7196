import { headers } from "next/headers";
import { Client } from "pg";
import { describe, expect, it, vi } from "vitest";
import { db } from "@/lib/db";
import { requireMemberActor } from "@/lib/gates/require-actor";
import { listOwnOrganizations } from "@/lib/services/access-service";
import { listCourses } from "@/lib/services/course-service";
import { findLesson, getHome, listCatalogue } from "@/lib/services/learner-course-service";
import { courseListSchema } from "@/lib/schemas/course";
import { catalogueSchema } from "@/lib/schemas/learner-course";
import { signIn } from "../../support/call-route";
import { requestHeaders } from "../../support/next-headers";
import { createCourse, createEnrolment, createLesson, createMediaFile, createMember, createOrganization } from "../../support/factories";

vi.mock("next/headers", () => import("../../support/next-headers"));

/** The statements that `work` sends to PostgreSQL; those that only open or close a transaction read nothing. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const query = vi.spyOn(Client.prototype, "query");
  try {
    await work();
    return query.mock.calls
      .map(([statement]) => (typeof statement === "string" ? statement : String((statement as { text?: string }).text)))
      .filter((statement) => !/^(BEGIN|COMMIT|ROLLBACK|SET)\b/.test(statement));
  } finally {
    query.mockRestore();
  }
}

async function setup(lessons: number) {
  const organization = await createOrganization();
  const pictureOf = async (kind: "THUMBNAIL" | "POSTER" | "AVATAR") => {
    const { id } = await createMediaFile(organization, { kind });
    for (const width of [320, 640]) {
      const fileKey = `${organization.storagePrefix}public/${id}-w${width}.webp`;
      await createMediaFile(organization, { kind, parentId: id, fileKey, width, height: width });
    }
    return id;
  };
  const course = await createCourse(organization, { thumbnailId: await pictureOf("THUMBNAIL") });
  await db.organization.update({ where: { id: organization.id }, data: { logoId: await pictureOf("AVATAR") } });
  const learner = await createMember(organization, "learner");
  await createEnrolment(course, learner.userId);
  const video = await createMediaFile(organization);
  const lesson = await createLesson(course, { videoId: video.id, posterId: await pictureOf("POSTER") });
  for (let number = 1; number < lessons; number += 1) await createLesson(course);
  return { organization, course, learner, lesson };
}

describe("the queries of a page", () => {
  it("of a lesson are at most three, session and membership included, so that the frame around it has one of the four", async () => {
    const { organization, course, learner, lesson } = await setup(12);
    const cookie = await signIn(learner.userId);
    // A session near its end is prolonged once a day by a write of its own; this one is new.
    await db.session.updateMany({ where: { userId: learner.userId }, data: { expiresAt: new Date(Date.now() + 30 * 86_400_000) } });
    const statements = await requestHeaders.run(new Headers({ cookie }), () =>
      statementsOf(async () => {
        expect((await headers()).get("cookie")).toBe(cookie);
        const actor = await requireMemberActor(organization.slug, "course.learn");
        expect(await findLesson(actor, { courseSlug: course.slug, lessonId: lesson.id })).toMatchObject({
          id: lesson.id,
          poster: expect.stringContaining("-w640.webp") as string,
          course: { thumbnail: { width: 640 } },
        });
      }),
    );
    // React's cache, which reads the session once for a request, works only while a page is rendered: count what differs.
    expect(new Set(statements).size).toBe(3);
  });

  it("of the frame around it are one, logos included", async () => {
    const { learner } = await setup(1);
    const statements = await statementsOf(async () => {
      expect(await listOwnOrganizations(learner)).toMatchObject([{ logo: expect.stringContaining("-w320.webp") as string }]);
    });
    expect(statements).toHaveLength(1);
  });

  it("of home, catalogue and the author's list do not grow with the number of courses and lessons", async () => {
    const { organization, learner, course: first } = await setup(3);
    const { thumbnailId } = first;
    const author = await createMember(organization, "instructor");
    const count = async () => [
      (await statementsOf(() => getHome(learner))).length,
      (await statementsOf(() => listCatalogue(learner, catalogueSchema.parse({})))).length,
      (await statementsOf(() => listCourses(author, courseListSchema.parse({})))).length,
    ];
    const few = await count();
    for (let number = 0; number < 5; number += 1) {
      const course = await createCourse(organization, { thumbnailId });
      await createLesson(course);
      await createEnrolment(course, learner.userId);
    }
    expect(await count()).toEqual(few);
    expect(few).toEqual([3, 3, 2]);
  });
});
