import { describe, expect, it } from "vitest";
import { formatLength } from "@/lib/core/clock";
import { lessonsDone, percentOf } from "@/lib/core/percent";

describe("the percentage of a course", () => {
  it("is 100 only when every lesson is done", () => {
    expect(percentOf(199, 200)).toBe(99);
    expect(percentOf(200, 200)).toBe(100);
  });

  it("is rounded down and stays between 0 and 100", () => {
    expect(percentOf(2, 3)).toBe(66);
    for (let total = 0; total <= 40; total += 1) {
      for (let done = 0; done <= total + 1; done += 1) {
        expect(percentOf(done, total)).toBeGreaterThanOrEqual(0);
        expect(percentOf(done, total)).toBeLessThanOrEqual(100);
      }
    }
  });

  it("is 0 for a course without lessons", () => {
    expect(percentOf(0, 0)).toBe(0);
    expect(lessonsDone(0, 0)).toBe("No lessons yet");
  });

  it("can be explained in lessons", () => {
    expect(lessonsDone(7, 12)).toBe("7 of 12 lessons");
    expect(lessonsDone(0, 1)).toBe("0 of 1 lesson");
  });
});

describe("the length of a course", () => {
  it("is told in whole minutes and hours", () => {
    expect([20, 60, 720, 3600, 3900].map(formatLength)).toEqual(["under a minute", "1 min", "12 min", "1 h", "1 h 5 min"]);
  });
});
