import { describe, expect, it } from "vitest";
import { learnerListSchema } from "@/lib/schemas/enrolment";
import { catalogueSchema } from "@/lib/schemas/learner-course";
import { progressReportSchema } from "@/lib/schemas/progress";

const valid = {
  lessonId: "lesson-0001",
  mediaFileId: "video-0001",
  viewId: "6b0c5d0e-3f5a-4f3e-9b53-0d8a1e1c2b3a",
  sequence: 0,
  ranges: [[0, 15_000]],
  positionMs: 15_000,
};
const accepts = (change: object) => progressReportSchema.safeParse({ ...valid, ...change }).success;

describe("a player's report", () => {
  it("is taken when it makes sense", () => {
    expect(accepts({})).toBe(true);
    expect(accepts({ ranges: [] })).toBe(true);
  });

  it.each([
    ["a range that ends before it begins", { ranges: [[10, 5]] }],
    ["a range before the video's start", { ranges: [[-5, 5]] }],
    ["fractions of a millisecond", { ranges: [[0, 1.5]] }],
    ["a moment beyond a day", { positionMs: 90_000_000 }],
    ["a sequence below zero", { sequence: -1 }],
    ["a view that is no UUID", { viewId: "view" }],
    ["more ranges than one report may hold", { ranges: Array.from({ length: 201 }, (_, index) => [index, index + 1]) }],
    ["half a range", { ranges: [[5]] }],
  ])("is refused with %s", (_, change) => {
    expect(accepts(change)).toBe(false);
  });
});

describe("search parameters that make no sense", () => {
  it("fall back to the first page in the usual order", () => {
    expect(learnerListSchema.parse({ page: "-3", sort: "password", order: "sideways", q: ["a", "b"] })).toEqual({
      q: "",
      sort: "active",
      order: "desc",
      page: 1,
    });
    expect(catalogueSchema.parse({ page: "x", level: "EXPERT" })).toEqual({ q: "", category: "", level: undefined, page: 1 });
  });
});
