import { describe, expect, it } from "vitest";
import { announcementsFor, describePlace } from "@/components/curriculum/announcements";
import { moveChapter, moveLesson, sameOrder, stepLesson, toOrder } from "@/components/curriculum/curriculum-order";
import type { Curriculum } from "@/lib/schemas/chapter";

const lesson = (id: string) => ({ id, title: id, hasVideo: false, hasText: false, durationMs: null, attachments: 0, learners: 0 });
const make = (order: Record<string, string[]>): Curriculum => ({
  courseId: "course",
  version: 1,
  chapters: Object.entries(order).map(([id, lessons]) => ({ id, title: id, lessons: lessons.map(lesson) })),
});
const read = (curriculum: Curriculum | null) =>
  curriculum && Object.fromEntries(toOrder(curriculum).map(({ id, lessonIds }) => [id, lessonIds.join("")]));
const three = make({ A: ["1", "2"], B: [], C: ["3"] });

describe("moving lessons", () => {
  it("puts a lesson at its place among the others", () => {
    expect(read(moveLesson(three, "1", "A", 1))).toEqual({ A: "21", B: "", C: "3" });
    expect(read(moveLesson(three, "2", "C", 0))).toEqual({ A: "1", B: "", C: "23" });
    expect(read(moveLesson(three, "2", "C", 99))).toEqual({ A: "1", B: "", C: "32" });
  });

  it("changes nothing for an unknown lesson or chapter", () => {
    expect(moveLesson(three, "9", "A", 0)).toBe(three);
    expect(moveLesson(three, "1", "Z", 0)).toBe(three);
  });

  it("steps through chapters, empty ones among them, and stops at the ends", () => {
    expect(read(stepLesson(three, "1", 1))).toEqual({ A: "21", B: "", C: "3" });
    expect(read(stepLesson(three, "2", 1))).toEqual({ A: "1", B: "2", C: "3" });
    expect(read(stepLesson(three, "3", -1))).toEqual({ A: "12", B: "3", C: "" });
    expect(stepLesson(three, "1", -1)).toBeNull();
    expect(stepLesson(three, "3", 1)).toBeNull();
  });

  it("never loses or doubles a lesson, whatever the moves", () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    let curriculum = make({ A: ["1", "2", "3"], B: ["4"], C: [], D: ["5", "6"] });
    for (let step = 0; step < 500; step += 1) {
      const target = ["A", "B", "C", "D"][random(4)] ?? "A";
      curriculum =
        step % 3 === 0 ? moveChapter(curriculum, target, random(5)) : moveLesson(curriculum, String(random(6) + 1), target, random(7));
      expect(
        toOrder(curriculum)
          .flatMap(({ lessonIds }) => lessonIds)
          .sort(),
      ).toEqual(["1", "2", "3", "4", "5", "6"]);
      expect(curriculum.chapters.map(({ id }) => id).sort()).toEqual(["A", "B", "C", "D"]);
    }
  });
});

describe("moving chapters", () => {
  it("takes the chapter's lessons along", () => {
    expect(toOrder(moveChapter(three, "A", 2)).map(({ id, lessonIds }) => `${id}${lessonIds.join("")}`)).toEqual(["B", "C3", "A12"]);
    expect(sameOrder(three, moveChapter(three, "A", 0))).toBe(true);
    expect(moveChapter(three, "Z", 0)).toBe(three);
  });
});

describe("what screen readers hear", () => {
  it("names the thing and its place", () => {
    expect(describePlace(three, "2")).toBe("Lesson “2”, 2 of 2 in “A”");
    expect(describePlace(three, "C")).toBe("Chapter “C”, 3 of 3");
    expect(describePlace(three, "9")).toBe("");
  });

  it("says what happens from picking up to putting down", () => {
    const says = announcementsFor(() => three);
    const active = { id: "1", data: { current: undefined }, rect: { current: { initial: null, translated: null } } };
    expect(says.onDragStart({ active })).toBe("Picked up. Lesson “1”, 1 of 2 in “A”.");
    expect(says.onDragCancel({ active, over: null })).toContain("Nothing was moved");
  });
});
