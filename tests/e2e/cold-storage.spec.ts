import { expect, test } from "@playwright/test";
import { z } from "zod";
import { complaintsOf, expectGoodPage } from "./support/page-quality";
import { query, signInAs } from "./support/stack";

const run = (sql: string, values: unknown[] = []) => query(z.unknown(), sql, values);
const COURSE = `"Course" WHERE slug = 'reading-your-reports' AND "organizationId" = (SELECT id FROM "Organization" WHERE slug = 'northwind')`;

test("an archived course's video goes to cold storage and comes back, and its learner keeps what they have", async ({ page, browser }) => {
  const [course] = await query(z.object({ id: z.string() }), `SELECT id FROM ${COURSE}`);
  const [lesson] = await query(
    z.object({ id: z.string(), address: z.string() }),
    `SELECT l.id, u.email AS address FROM "Lesson" l JOIN "Enrolment" e ON e."courseId" = l."courseId" JOIN "User" u ON u.id = e."userId"
      WHERE l."courseId" = $1 AND l."videoId" IS NOT NULL`,
    [course?.id],
  );
  const learner = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await signInAs(learner, lesson?.address ?? "");
  await signInAs(page, "jonas@sidecar.test");
  const complaints = [complaintsOf(page), complaintsOf(learner)];
  const lessonPage = `/o/northwind/courses/reading-your-reports/lessons/${lesson?.id}`;
  const progress = async () => {
    await learner.goto(lessonPage);
    await learner.getByRole("button", { name: "Lessons" }).click();
    const text = await learner
      .getByRole("dialog")
      .getByText(/^\d+ of \d+ lessons$/)
      .textContent();
    await learner.keyboard.press("Escape");
    return text;
  };
  const plays = () =>
    learner
      .locator("video")
      .first()
      .evaluate(
        (video: HTMLVideoElement) => new Promise((resolve) => (video.readyState > 0 ? resolve(true) : (video.onloadedmetadata = resolve))),
      );
  const before = await progress();

  await page.goto(`/o/northwind/admin/courses/${course?.id}`);
  await page.getByRole("button", { name: "More acts on this course" }).click();
  await page.getByRole("menuitem", { name: "Archive" }).click();
  await page.getByRole("button", { name: "Archive course" }).click();
  await page.getByRole("button", { name: "Move to cold storage" }).click();
  await page.getByRole("button", { name: "Move videos" }).click();
  await expect(page.getByText("In cold storage since")).toBeVisible({ timeout: 20_000 });
  await page.getByText("Each video").click();
  await expect(page.getByRole("table", { name: "Videos of this course" }).getByText("In cold storage")).toBeVisible();
  await expectGoodPage(page);
  expect(await progress()).toBe(before);
  await plays();

  // As the provider's class would be that can't be read at once: what the learner is told then.
  const file = `"MediaFile" SET "storageClass" = $2 WHERE id = (SELECT "videoId" FROM "Lesson" WHERE id = $1)`;
  await run(`UPDATE ${file}`, [lesson?.id, "GLACIER"]);
  expect(await progress()).toBe(before);
  await expect(learner.getByRole("heading", { name: "This video is in cold storage" })).toBeVisible();
  await expectGoodPage(learner);
  await run(`UPDATE ${file}`, [lesson?.id, null]);

  await page.getByRole("button", { name: "Bring videos back" }).click();
  await expect(page.getByRole("button", { name: "Move to cold storage" })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("table", { name: "Videos of this course" }).getByText("At hand")).toBeVisible({ timeout: 20_000 });
  expect(await progress()).toBe(before);
  await plays();
  expect(complaints.flat()).toEqual([]);
  await run(`UPDATE "Course" SET status = 'PUBLISHED', "archivedAt" = null WHERE id = $1`, [course?.id]);
});
