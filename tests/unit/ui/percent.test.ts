import { describe, expect, it } from "vitest";
import { wholePercent } from "@/components/ui/percent";

describe("wholePercent", () => {
  it.each([
    [0, 8, 0],
    [1, 1000, 1],
    [3, 8, 38],
    [999, 1000, 99],
    [8, 8, 100],
    [9, 8, 100],
    [-1, 8, 0],
    [1, 0, 0],
    [Number.NaN, 8, 0],
  ])("shows %d of %d as %d", (value, max, percent) => {
    expect(wholePercent(value, max)).toBe(percent);
  });
});
