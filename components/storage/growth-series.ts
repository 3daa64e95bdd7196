import type { UsagePoint } from "@/lib/schemas/storage";

export const growthRanges = ["30 days", "90 days", "12 months"] as const;
export type GrowthRange = (typeof growthRanges)[number];

/** The last point of each month, in the order of the points. */
export function monthEnds(points: readonly UsagePoint[]): UsagePoint[] {
  return points.filter((point, index) => point.day.slice(0, 7) !== points[index + 1]?.day.slice(0, 7));
}

/** What a range shows: every day of the shorter ones, the end of each month of a year. */
export function pointsOf(points: readonly UsagePoint[], range: GrowthRange): UsagePoint[] {
  if (range === "12 months") return monthEnds(points).slice(-12);
  return points.slice(range === "30 days" ? -30 : -90);
}

const units = ["bytes", "KB", "MB", "GB", "TB"];

/** The unit, in steps of 1024, in which the largest of these sizes is read easily. */
export function unitFor(largest: number): { divisor: number; unit: string } {
  const step = largest >= 1 ? Math.min(units.length - 1, Math.floor(Math.log(largest) / Math.log(1024))) : 0;
  return { divisor: 1024 ** step, unit: units[step] ?? "bytes" };
}

/** "22 Nov", or of a year's range "Nov 2026". Days are UTC days. */
export function dayLabel(day: string, range: GrowthRange): string {
  const parts = range === "12 months" ? ({ month: "short", year: "numeric" } as const) : ({ day: "numeric", month: "short" } as const);
  return new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: "UTC" }).format(new Date(day));
}
