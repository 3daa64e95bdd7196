import { expect, test } from "vitest";
import { dayLabel, monthEnds, pointsOf, unitFor } from "@/components/storage/growth-series";

const point = (day: string, bytes = 1) => ({ day, bytes, files: 1 });
const daysFrom = (first: string, count: number) =>
  Array.from({ length: count }, (_, index) => point(new Date(Date.parse(first) + index * 86_400_000).toISOString().slice(0, 10), index));

test("a month is shown by its last day, the present one by its latest", () => {
  const points = [point("2025-11-30"), point("2026-11-29"), point("2026-11-30", 5), point("2026-12-01"), point("2026-12-02", 7)];
  expect(monthEnds(points).map(({ day }) => day)).toEqual(["2025-11-30", "2026-11-30", "2026-12-02"]);
});

test("a range shows its days, or the ends of twelve months", () => {
  const points = daysFrom("2025-06-01", 500);
  expect(pointsOf(points, "30 days").map(({ bytes }) => bytes)).toEqual(Array.from({ length: 30 }, (_, index) => 470 + index));
  expect(pointsOf(points, "90 days")).toHaveLength(90);
  expect(pointsOf(points, "12 months")).toHaveLength(12);
  expect(pointsOf(points.slice(0, 3), "30 days")).toHaveLength(3);
});

test("the unit of a plot is the largest that its largest size fills", () => {
  expect(unitFor(0)).toEqual({ divisor: 1, unit: "bytes" });
  expect(unitFor(1023)).toEqual({ divisor: 1, unit: "bytes" });
  expect(unitFor(1024 ** 3)).toEqual({ divisor: 1024 ** 3, unit: "GB" });
  expect(unitFor(5000 * 1024 ** 4)).toEqual({ divisor: 1024 ** 4, unit: "TB" });
});

test("a day is named in UTC, wherever the reader is", () => {
  expect([dayLabel("2026-11-01", "30 days"), dayLabel("2026-11-30", "12 months")]).toEqual(["1 Nov", "Nov 2026"]);
});
