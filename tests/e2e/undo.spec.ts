import { expect, test, type Page } from "@playwright/test";
import { barriers, complaintsOf, expectGoodPage } from "./support/page-quality";
import { freshMinute, signInAs } from "./support/stack";
import { choose, expectAlive, field, save, VIDEO } from "./support/upload-page";

const run = Date.now().toString(36);

/** The lesson's video has pictures: its length is known and time passes when it plays. */
async function expectPlays(page: Page): Promise<void> {
  const video = field(page).locator("video");
  await video.evaluate((element: HTMLVideoElement) => {
    element.muted = true;
    return element.play();
  });
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0.2);
}

/** The button that was pressed is gone, and the next Tab goes on where it was. */
async function expectKeyboardKept(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => Boolean(document.activeElement?.closest("main")))).toBe(true);
}

test("a deleted lesson comes back with its video, and so does a video that was replaced", async ({ page }) => {
  const complaints = complaintsOf(page);
  await signInAs(page, "hana@sidecar.test");
  await freshMinute();
  await page.goto("/o/harbour-pine/admin/courses/new");
  await page.getByLabel("Title").fill(`Undo ${run}`);
  await page.getByRole("button", { name: "Create draft" }).click();
  await page.waitForURL(/\/admin\/courses\/[\w-]{20,}$/);
  const course = page.url();
  await page.goto(`${course}/curriculum`);
  await page.getByRole("button", { name: "Add the first chapter" }).click();
  await page.getByLabel("Title of the new chapter").fill("Start");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Add lesson" }).click();
  await page.getByLabel("Title of the new lesson").fill("Welcome");
  await page.keyboard.press("Enter");
  const link = page.getByRole("link", { name: "Welcome", exact: true });
  await link.click();
  await expectAlive(page);
  const lesson = page.url();
  await choose(page, VIDEO);
  await expect(field(page)).toContainText("clip.mp4");
  await save(page);

  await page.goto(`${course}/curriculum`);
  await page.getByRole("button", { name: "More acts on lesson Welcome" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("It can be restored for 24 hours.");
  await question.getByRole("button", { name: "Delete lesson" }).click();
  await expect(link).toBeHidden();
  const deleted = page.getByRole("region", { name: "Recently deleted" });
  await expect(deleted).toContainText("Lesson, 1 file");
  await expectKeyboardKept(page);
  await expectGoodPage(page);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(link).toBeVisible();
  await expect(deleted).toBeHidden();

  await link.click();
  await expectAlive(page);
  await expectPlays(page);
  await choose(page, "tests/support/media/index-last.mp4");
  await expect(field(page)).toContainText("index-last.mp4");
  await save(page);
  const removed = page.getByRole("list", { name: "Removed files" });
  await expect(removed).toContainText("clip.mp4");
  expect(await barriers(page)).toEqual([]);
  await removed.getByRole("button", { name: "Put back clip.mp4" }).click();
  await expectKeyboardKept(page);
  await save(page);
  await expect(removed).toContainText("index-last.mp4");

  // And back again, from the message that told of it; what was typed meanwhile stays unsaved.
  await page.getByLabel("Title").fill("Welcome to all");
  await page
    .getByRole("region", { name: /^Messages/ })
    .getByRole("button", { name: "Undo" })
    .first()
    .click();
  await expect(removed).toContainText("clip.mp4");
  await expect(page.getByLabel("Title")).toHaveValue("Welcome to all");
  await removed.getByRole("button", { name: "Put back clip.mp4" }).click();
  await save(page);
  await page.goto(lesson);
  await expect(field(page)).toContainText("clip.mp4");
  await expectPlays(page);
  expect(complaints).toEqual([]);
});
