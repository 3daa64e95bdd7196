import { expect, test, type Page } from "@playwright/test";
import { z } from "zod";
import { barriers } from "./support/page-quality";
import { query, sessionOf } from "./support/stack";

const VIDEO = "tests/support/media/clip.mp4";
const idRow = z.object({ id: z.string() });

/** A lesson's editor, as its instructor sees it. */
async function openLesson(page: Page): Promise<void> {
  const [author] = await query(idRow, `SELECT id FROM "User" WHERE email = 'hana@sidecar.test'`);
  await page.context().addCookies([await sessionOf(author?.id ?? "")]);
  const row = z.object({ courseId: z.string(), id: z.string() });
  const [lesson] = await query(row, `SELECT "courseId", id FROM "Lesson" WHERE title = 'Ask one question'`);
  await page.goto(`/o/harbour-pine/admin/courses/${lesson?.courseId ?? ""}/lessons/${lesson?.id ?? ""}`);
  // The editor comes last: the page is alive.
  await expect(page.getByRole("button", { name: "Bold" })).toBeVisible();
}

const field = (page: Page) => page.getByRole("group", { name: "Video" });
/** The button that opens the file dialog, whether a file is there or not. */
const chooserOf = (page: Page) => field(page).getByRole("button", { name: /^(Choose a file for|Replace) ?Video$/ });
const choose = (page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }) =>
  field(page).locator("input[type=file]").setInputFiles(file);

test("an author chooses a video by keyboard, loses the line, goes on, and leaves with it saved", async ({ page }) => {
  await openLesson(page);
  await chooserOf(page).focus();
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");

  let begins = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/api/s3/upload")) begins += 1;
  });
  // The line is cut while the bytes are on their way.
  await page.route(/X-Amz-Signature/, (route) => route.abort("connectionreset"), { times: 1 });
  await (await chooser).setFiles(VIDEO);
  const failure = field(page).getByRole("alert");
  await expect(failure).toContainText("clip.mp4 was not uploaded");
  await expect(failure).toContainText("The connection was lost");
  expect(await barriers(page)).toEqual([]);

  await failure.getByRole("button", { name: "Try again" }).click();
  await expect(field(page).getByRole("status")).toHaveText("clip.mp4 is in place.");
  await expect(field(page)).toContainText("87 KB · 0:03");
  expect(begins).toBe(1);
  expect(await barriers(page)).toEqual([]);

  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeHidden();
  await page.reload();
  await expect(field(page)).toContainText("clip.mp4");
});

test("what is no video is refused before or after it was sent, and what was there stays", async ({ page }) => {
  await openLesson(page);
  await choose(page, { name: "notes.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") });
  await expect(field(page).getByRole("alert")).toContainText("Files named .svg are not accepted here. Use MP4, MOV or WebM.");
  await choose(page, { name: "talk.mp4", mimeType: "video/mp4", buffer: Buffer.alloc(0) });
  await expect(field(page).getByRole("alert")).toContainText("This file is empty (0 bytes).");
  await choose(page, { name: "talk.mp4", mimeType: "video/mp4", buffer: Buffer.from("no film\n".repeat(100)) });
  await expect(field(page).getByRole("alert")).toContainText("This file is named .mp4 but contains text.");
  await expect(field(page).getByRole("button", { name: "Try again" })).toHaveCount(0);
});

test("a cancelled upload frees its bytes, and the keyboard is back at the start", async ({ page }) => {
  await openLesson(page);
  const reserved = async () => {
    const rows = await query(z.object({ reserved: z.coerce.number() }), `SELECT sum("reservedBytes") AS reserved FROM "StorageAccount"`);
    return rows[0]?.reserved;
  };
  const before = await reserved();
  // Storage takes its time.
  const { promise: held, resolve: letGo } = Promise.withResolvers<undefined>();
  await page.route(/X-Amz-Signature.*PutObject/, async (route) => {
    await held;
    await route.abort();
  });
  await choose(page, VIDEO);
  await field(page).getByRole("button", { name: "Cancel the upload" }).click();
  letGo(undefined);
  await expect(chooserOf(page)).toBeFocused();
  await expect.poll(reserved).toBe(before);
});
