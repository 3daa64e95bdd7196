import { headers } from "next/headers";
import { Client } from "pg";
import { describe, expect, it, vi } from "vitest";
import { db } from "@/lib/db";
import { requireMemberActor } from "@/lib/gates/require-actor";
import { findLesson, getHome, listCatalogue } from "@/lib/services/learner-course-service";
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
  const course = await createCourse(organization);
  const learner = await createMember(organization, "learner");
  await createEnrolment(course, learner.userId);
  const video = await createMediaFile(organization);
  const lesson = await createLesson(course, { videoId: video.id });
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
        expect(await findLesson(actor, { courseSlug: course.slug, lessonId: lesson.id })).toMatchObject({ id: lesson.id });
      }),
    );
    // React's cache, which reads the session once for a request, works only while a page is rendered: count what differs.
    expect(new Set(statements).size).toBe(3);
  });

  it("of home and catalogue do not grow with the number of courses and lessons", async () => {
    const { organization, learner } = await setup(3);
    const count = async () => [
      (await statementsOf(() => getHome(learner))).length,
      (await statementsOf(() => listCatalogue(learner, catalogueSchema.parse({})))).length,
    ];
    const few = await count();
    for (let number = 0; number < 5; number += 1) {
      const course = await createCourse(organization);
      await createLesson(course);
      await createEnrolment(course, learner.userId);
    }
    expect(await count()).toEqual(few);
    expect(few).toEqual([3, 3]);
  });
});
