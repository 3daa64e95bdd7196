import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { z } from "zod";
import { query, sessionOf } from "./support/stack";

/** Kilobytes, gzip, of the scripts that the page's own HTML asks for: what stands between a phone and a usable page. */
const BUDGET = 170;

test("a lesson's page asks for no more script than its budget, and plays before the player's own script is there", async ({ page }) => {
  const [place] = await query(
    z.object({ userId: z.string(), course: z.string(), lesson: z.string() }),
    `SELECT e."userId", c.slug AS course, l.id AS lesson FROM "Enrolment" e JOIN "Course" c ON c.id = e."courseId" JOIN "Lesson" l ON l."courseId" = c.id
     JOIN "Organization" o ON o.id = c."organizationId" WHERE o.slug = 'northwind' AND l."videoId" IS NOT NULL ORDER BY l.id LIMIT 1`,
  );
  if (!place) throw new Error("The seed has no enrolment in a course with a video.");
  await page.context().addCookies([await sessionOf(place.userId)]);
  const response = await page.goto(`/o/northwind/courses/${place.course}/lessons/${place.lesson}`);
  const html = (await response?.text()) ?? "";
  // Polyfills marked noModule are for browsers that know no modules; none of ours asks for them.
  const tags = [...html.matchAll(/<script[^>]+>/g)].map(([tag]) => tag).filter((tag) => !/nomodule/i.test(tag));
  const paths = new Set(tags.flatMap((tag) => /src="([^"]+)"/.exec(tag)?.[1] ?? []));
  expect(paths.size).toBeGreaterThan(3);
  let bytes = 0;
  for (const path of paths) bytes += gzipSync(await (await page.request.get(path)).body()).length;
  expect(Math.round(bytes / 1000)).toBeLessThanOrEqual(BUDGET);
  expect(html).toMatch(/<video[^>]+src=/);
});
