import { describe, expect, it } from "vitest";
import { courseListSchema, createCourseSchema } from "@/lib/schemas/course";
import { MAX_ATTACHMENTS, saveLessonSchema } from "@/lib/schemas/lesson";

describe("the course schemas", () => {
  it("read the list's address, and what is odd in it as if it were not there", () => {
    expect(courseListSchema.parse({})).toEqual({ q: "", status: null, page: 1 });
    expect(courseListSchema.parse({ q: " a ", status: "DRAFT", page: "3" })).toEqual({ q: "a", status: "DRAFT", page: 3 });
    expect(courseListSchema.parse({ q: ["a"], status: "gone", page: "-1" })).toEqual({ q: "", status: null, page: 1 });
  });

  it("trim a title and refuse one of two letters", () => {
    expect(createCourseSchema.parse({ title: "  First steps ", slug: "first-steps" }).title).toBe("First steps");
    expect(createCourseSchema.safeParse({ title: " ab ", slug: "ab" }).success).toBe(false);
  });
});

describe("the lesson schema", () => {
  const lesson = { courseId: "course-1", lessonId: "lesson-1", version: 1, title: "A", body: null, videoId: null, posterId: null };
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `attachment-${index}`);

  it("asks for the poster by name, so that a form that knows nothing of posters can't remove one", () => {
    const { posterId, ...older } = lesson;
    expect(saveLessonSchema.safeParse({ ...older, attachmentIds: [] }).success).toBe(false);
    expect(saveLessonSchema.safeParse({ ...older, posterId, attachmentIds: [] }).success).toBe(true);
  });

  it("takes each attachment once, and no more than the bound", () => {
    expect(saveLessonSchema.safeParse({ ...lesson, attachmentIds: ids(MAX_ATTACHMENTS) }).success).toBe(true);
    expect(saveLessonSchema.safeParse({ ...lesson, attachmentIds: ids(MAX_ATTACHMENTS + 1) }).success).toBe(false);
    expect(saveLessonSchema.safeParse({ ...lesson, attachmentIds: ["attachment-1", "attachment-1"] }).success).toBe(false);
  });
});
