import { describe, expect, it } from "vitest";
import { relativeTime } from "@/components/ui/relative-time";

const NOW = Date.UTC(2026, 10, 22, 12);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("relativeTime", () => {
  it.each([
    [0, "just now"],
    [-44 * SECOND, "just now"],
    [44 * SECOND, "just now"],
    [-50 * SECOND, "1 minute ago"],
    [50 * SECOND, "in 1 minute"],
    [-59 * MINUTE, "59 minutes ago"],
    [-2 * HOUR, "2 hours ago"],
    [-23 * HOUR, "23 hours ago"],
    [-30 * HOUR, "yesterday"],
    [36 * HOUR, "tomorrow"],
    [3 * DAY, "in 3 days"],
    [-13 * DAY, "last week"],
    [-65 * DAY, "2 months ago"],
    [-800 * DAY, "2 years ago"],
  ])("says %i ms as %s", (distance, words) => {
    expect(relativeTime(NOW + distance, NOW)).toBe(words);
  });
});
