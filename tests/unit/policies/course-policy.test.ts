import { describe, expect, it } from "vitest";
import { canMove, isDeletable, missingForPublication, moves } from "@/lib/policies/course-policy";
import { courseMoves, courseStatuses } from "@/lib/schemas/course";

describe("the states of a course", () => {
  it("allow exactly these moves", () => {
    const allowed = courseStatuses.flatMap((status) =>
      courseMoves.filter((move) => canMove(status, move)).map((move) => `${status} ${move} ${moves[move].to}`),
    );
    expect(allowed).toEqual([
      "DRAFT publish PUBLISHED",
      "DRAFT archive ARCHIVED",
      "PUBLISHED unpublish DRAFT",
      "PUBLISHED archive ARCHIVED",
      "ARCHIVED restore DRAFT",
    ]);
  });

  it("let only what is not published be deleted", () => {
    expect(courseStatuses.filter(isDeletable)).toEqual(["DRAFT", "ARCHIVED"]);
  });

  it("name what a course lacks before it can be published", () => {
    expect(missingForPublication({ lessons: 0, lessonsWithContent: 0 })).toMatch(/no lessons/);
    expect(missingForPublication({ lessons: 3, lessonsWithContent: 0 })).toMatch(/empty/);
    expect(missingForPublication({ lessons: 3, lessonsWithContent: 1 })).toBeNull();
  });
});
