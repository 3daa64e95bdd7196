import { describe, expect, it } from "vitest";
import { canEnrol, courseAccess, nextLessonOf } from "@/lib/policies/learning-policy";
import type { CourseStatus } from "@/lib/schemas/course";

const access = (status: CourseStatus, enrolled: boolean, author: boolean) => courseAccess({ status, enrolled, author });

describe("who may do what with a course", () => {
  it("lets learners into a published or archived course once they are enrolled", () => {
    expect(access("PUBLISHED", true, false)).toBe("learn");
    expect(access("ARCHIVED", true, false)).toBe("learn");
  });

  it("offers a published course to everybody else, and hides an archived one", () => {
    expect(access("PUBLISHED", false, false)).toBe("offer");
    expect(access("ARCHIVED", false, false)).toBe("none");
  });

  it("shows a draft to authors alone, as a preview, even when they are enrolled", () => {
    expect(access("DRAFT", false, true)).toBe("preview");
    expect(access("DRAFT", true, true)).toBe("preview");
    expect(access("DRAFT", true, false)).toBe("none");
  });

  it("takes new learners only into a published course", () => {
    expect(canEnrol({ status: "PUBLISHED", enrolled: false })).toBe(true);
    expect(canEnrol({ status: "PUBLISHED", enrolled: true })).toBe(false);
    expect(canEnrol({ status: "ARCHIVED", enrolled: false })).toBe(false);
  });
});

describe("where continue leads", () => {
  const lessons = (done: string) => ["a", "b", "c", "d"].map((id) => ({ id, done: done.includes(id) }));

  it("stays at the last lesson until it is done", () => {
    expect(nextLessonOf(lessons("a"), "c")?.id).toBe("c");
  });

  it("goes on after the last lesson, not back to one that was skipped", () => {
    expect(nextLessonOf(lessons("bc"), "c")?.id).toBe("d");
  });

  it("returns to what was skipped once nothing is left after the last lesson", () => {
    expect(nextLessonOf(lessons("bcd"), "d")?.id).toBe("a");
  });

  it("starts at the beginning when nothing is known, when the last lesson is gone, and when all is done", () => {
    expect(nextLessonOf(lessons(""), null)?.id).toBe("a");
    expect(nextLessonOf(lessons("a"), "deleted")?.id).toBe("b");
    expect(nextLessonOf(lessons("abcd"), "d")?.id).toBe("a");
    expect(nextLessonOf([], null)).toBeNull();
  });
});
