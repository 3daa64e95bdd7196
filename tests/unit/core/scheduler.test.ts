import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isDue } from "../../../scripts/local/scheduler";

const at = (time: string) => new Date(`2026-11-22T${time}Z`);

test.each([
  ["*/5 * * * *", "10:04:30", "10:05:30", true],
  ["*/5 * * * *", "10:05:30", "10:06:30", false],
  ["30 1 * * *", "01:29:10", "01:30:10", true],
  ["30 1 * * *", "13:29:10", "13:30:10", false],
  // 22 November 2026 is a Sunday.
  ["0 4 * * 0", "03:59:59", "04:00:59", true],
  ["0 4 * * 1", "03:59:59", "04:00:59", false],
  ["0 3 * * *", "02:59:30", "03:00:00", true],
])("%s between %s and %s is due: %s", (schedule, since, now, due) => {
  expect(isDue(schedule, at(since), at(now))).toBe(due);
});

test("the containers' clock calls what vercel.json schedules", () => {
  const { crons } = JSON.parse(readFileSync("vercel.json", "utf8")) as { crons: { path: string }[] };
  const compose = readFileSync("compose.yaml", "utf8");
  const called = [...compose.matchAll(/call ([a-z-]+) ;;/g)].map(([, name]) => `/api/cron/${name ?? ""}`);
  // The worker does what run-jobs does.
  expect(called.toSorted()).toEqual(
    crons
      .map(({ path }) => path)
      .filter((path) => path !== "/api/cron/run-jobs")
      .toSorted(),
  );
});
