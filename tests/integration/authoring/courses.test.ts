import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { COURSE_PAGE_SIZE, courseListSchema, saveCourseSchema } from "@/lib/schemas/course";
import {
  createCourse as create,
  getCourse,
  getCourseSummary,
  listCourseCategories,
  listCourses,
  saveCourse,
} from "@/lib/services/course-service";
import {
  createChapter,
  createCourse,
  createEnrolment,
  createLesson,
  createMediaFile,
  createMember,
  createOrganization,
  createUser,
  unique,
} from "../../support/factories";
import { formOf, lastAudit, stateOf, text } from "./course-form";

type Organization = Awaited<ReturnType<typeof createOrganization>>;
const list = (input: object = {}) => courseListSchema.parse(input);
const titles = (courses: { title: string }[]) => courses.map((course) => course.title);

let organization: Organization;
let author: MemberActor;
let stranger: MemberActor;

beforeAll(async () => {
  organization = await createOrganization();
  author = await createMember(organization, "instructor");
  stranger = await createMember(await createOrganization(), "owner");
});

describe("starting a course", () => {
  it("makes a draft, and an audit row that names who did it", async () => {
    const slug = unique("first-steps");
    const { courseId } = await create(author, { title: "First steps", slug });
    expect(await getCourse(author, { courseId })).toMatchObject({ title: "First steps", slug, version: 1, editedBy: author.name });
    expect(await getCourseSummary(author, { courseId })).toMatchObject({ status: "DRAFT", lessons: 0, learners: 0 });
    expect(await lastAudit(courseId)).toMatchObject({ action: "course.created", actorId: author.userId, organizationId: organization.id });
  });

  it("gives a slug to one of many who ask at the same moment, and an error at the field to the others", async () => {
    const slug = unique("race");
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => create(author, { title: "The same", slug })));
    const refused = answers.filter((answer) => answer.status === "rejected");
    expect(answers.length - refused.length).toBe(1);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: "INVALID_INPUT", fieldErrors: { slug: [expect.any(String)] } });
    expect(await db.course.count({ where: { organizationId: organization.id, slug } })).toBe(1);
  });

  it("lets two tenants use the same slug", async () => {
    const slug = unique("shared");
    await create(author, { title: "Ours", slug });
    await expect(create(stranger, { title: "Theirs", slug })).resolves.toEqual({ courseId: expect.any(String) as string });
  });
});

describe("the list", () => {
  it("shows the tenant's own courses with their counts, last changed first", async () => {
    const home = await createOrganization();
    const owner = await createMember(home, "owner");
    const older = await createCourse(home, { title: "Older", updatedAt: new Date("2026-01-01") });
    await createCourse(home, { title: "Newer", updatedAt: new Date("2026-02-01") });
    const chapter = await createChapter(older);
    await createLesson(older, { chapterId: chapter.id });
    await createLesson(older, { chapterId: chapter.id });
    await createEnrolment(older, (await createUser()).id);
    const { items, total } = await listCourses(owner, list());
    expect(total).toBe(2);
    expect(items.map(({ title, lessons, learners }) => [title, lessons, learners])).toEqual([
      ["Newer", 0, 0],
      ["Older", 2, 1],
    ]);
    expect((await listCourses(stranger, list())).items.map(({ id }) => id)).not.toContain(older.id);
  });

  it("narrows by words and by state, and counts every state for the words", async () => {
    const home = await createOrganization();
    const owner = await createMember(home, "owner");
    await createCourse(home, { title: "Reports, a tour", status: "DRAFT" });
    await createCourse(home, { title: "Reading reports" });
    await createCourse(home, { title: "Campaigns", category: "reporting" });
    await createCourse(home, { title: "Pipelines" });
    const found = await listCourses(owner, list({ q: "REPORT", status: "PUBLISHED" }));
    expect(titles(found.items).sort()).toEqual(["Campaigns", "Reading reports"]);
    expect(found).toMatchObject({ total: 2, counts: { DRAFT: 1, PUBLISHED: 2, ARCHIVED: 0 } });
  });

  it("takes percent signs and underscores in a search as they are", async () => {
    const home = await createOrganization();
    const owner = await createMember(home, "owner");
    await createCourse(home, { title: "Raise 100% of it" });
    await createCourse(home, { title: "Raise 1000 of it" });
    await createCourse(home, { title: "snake_case" });
    await createCourse(home, { title: "snakeXcase" });
    expect(titles((await listCourses(owner, list({ q: "100%" }))).items)).toEqual(["Raise 100% of it"]);
    expect(titles((await listCourses(owner, list({ q: "snake_case" }))).items)).toEqual(["snake_case"]);
  });

  it("comes in pages, and an odd address is its first page", async () => {
    const home = await createOrganization();
    const owner = await createMember(home, "owner");
    await db.course.createMany({
      data: Array.from({ length: COURSE_PAGE_SIZE + 3 }, (_, index) => ({
        organizationId: home.id,
        title: `Course ${index}`,
        slug: `course-${index}`,
      })),
    });
    const first = await listCourses(owner, list({ page: "nonsense", status: "nonsense", q: ["a", "b"] }));
    const second = await listCourses(owner, list({ page: "2" }));
    expect([first.items.length, second.items.length, first.total]).toEqual([COURSE_PAGE_SIZE, 3, COURSE_PAGE_SIZE + 3]);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(COURSE_PAGE_SIZE + 3);
  });

  it("suggests the categories in use, each once", async () => {
    const home = await createOrganization();
    const owner = await createMember(home, "owner");
    for (const category of ["Sales", "Basics", "Sales", ""]) await createCourse(home, { category });
    expect(await listCourseCategories(owner)).toEqual(["Basics", "Sales"]);
  });
});

describe("saving the details", () => {
  it("keeps every field and raises the version", async () => {
    const { courseId } = await create(author, { title: "Draft", slug: unique("draft") });
    const form = formOf(await getCourse(author, { courseId }));
    const change = {
      ...form,
      title: "A tour",
      summary: "Short.",
      description: text("Long."),
      level: "ADVANCED" as const,
      category: "Basics",
    };
    const saved = await saveCourse(author, change);
    expect(saved).toMatchObject({ title: "A tour", summary: "Short.", level: "ADVANCED", category: "Basics", version: 2 });
    expect(await getCourse(author, { courseId })).toEqual(saved);
    expect(await lastAudit(courseId)).toMatchObject({
      action: "course.saved",
      before: { title: "Draft", description: "" },
      after: { title: "A tour", description: "Long." },
    });
  });

  it("refuses the second of two tabs, and keeps what the first one saved", async () => {
    const { courseId } = await create(author, { title: "Two tabs", slug: unique("tabs") });
    const form = formOf(await getCourse(author, { courseId }));
    await saveCourse(author, { ...form, title: "From tab one" });
    await expect(saveCourse(author, { ...form, title: "From tab two" })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await getCourse(author, { courseId })).toMatchObject({ title: "From tab one", version: 2 });
  });

  it("lets exactly one of many saves of the same version through", async () => {
    const { courseId } = await create(author, { title: "Many tabs", slug: unique("many") });
    const form = formOf(await getCourse(author, { courseId }));
    const answers = await Promise.allSettled(Array.from({ length: 5 }, (_, n) => saveCourse(author, { ...form, title: `Title ${n}` })));
    expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(1);
    expect((await getCourse(author, { courseId })).version).toBe(2);
  });

  it("answers a slug that another course has at its field, and changes nothing", async () => {
    const taken = unique("taken");
    await create(author, { title: "First", slug: taken });
    const { courseId } = await create(author, { title: "Second", slug: unique("second") });
    const form = formOf(await getCourse(author, { courseId }));
    await expect(saveCourse(author, { ...form, slug: taken })).rejects.toMatchObject({ fieldErrors: { slug: [expect.any(String)] } });
    expect(await getCourse(author, { courseId })).toMatchObject({ slug: form.slug, version: 1 });
  });

  it("releases the thumbnail that it replaces, in the same transaction", async () => {
    const [old, next] = await Promise.all([
      createMediaFile(organization, { kind: "THUMBNAIL" }),
      createMediaFile(organization, { kind: "THUMBNAIL" }),
    ]);
    const course = await createCourse(organization, { thumbnailId: old.id });
    const form = formOf(await getCourse(author, { courseId: course.id }));
    const saved = await saveCourse(author, { ...form, thumbnailId: next.id });
    expect(saved.thumbnail?.id).toBe(next.id);
    expect([await stateOf(old.id), await stateOf(next.id)]).toEqual(["RELEASED", "READY"]);
  });

  it("takes no thumbnail of another tenant, of another kind or that does not exist, and saves nothing then", async () => {
    const course = await createCourse(organization);
    const form = formOf(await getCourse(author, { courseId: course.id }));
    const foreign = await createMediaFile(await createOrganization(), { kind: "THUMBNAIL" });
    const video = await createMediaFile(organization, { kind: "VIDEO" });
    for (const thumbnailId of [foreign.id, video.id, "00000000-0000-7000-8000-000000000000"]) {
      await expect(saveCourse(author, { ...form, title: "Not saved", thumbnailId })).rejects.toMatchObject({
        fieldErrors: { thumbnailId: [expect.any(String)] },
      });
    }
    expect(await getCourse(author, { courseId: course.id })).toMatchObject({ title: course.title, version: 1 });
  });

  it("stores a text without words as none", async () => {
    const course = await createCourse(organization);
    const form = formOf(await getCourse(author, { courseId: course.id }));
    const input = saveCourseSchema.parse({ ...form, description: { type: "doc", content: [{ type: "paragraph" }] } });
    expect((await saveCourse(author, input)).description).toBeNull();
  });
});
