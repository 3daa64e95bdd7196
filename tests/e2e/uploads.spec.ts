import { expect, test } from "@playwright/test";
import { z } from "zod";
import { writeLargeVideo } from "./support/large-video";
import { barriers, expectGoodPage } from "./support/page-quality";
import { query, signInAs } from "./support/stack";
import { VIDEO, choose, chooserOf, expectAlive, field, holdParts, news, openLesson, save, transferOf, tray } from "./support/upload-page";

const MIB = 1024 ** 2;
const video = (name: string, words: string) => ({ name, mimeType: "video/mp4", buffer: Buffer.from(words) });
const note = (name: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(`What ${name} says.\n`) });

test("an author chooses a video by keyboard, loses the line, and the upload goes on by itself", async ({ page, context }) => {
  await openLesson(page);
  let begins = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/api/s3/upload")) begins += 1;
  });
  const letGo = await holdParts(page);
  await chooserOf(page).focus();
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");
  const sent = page.waitForRequest((request) => request.method() === "PUT" && request.url().includes("X-Amz-Signature"));
  await (await chooser).setFiles(VIDEO);
  await expect(field(page).getByRole("progressbar", { name: "Upload of clip.mp4" })).toBeVisible();
  await expect(news(page)).toHaveText(/Uploading clip.mp4/);

  await sent;
  await context.setOffline(true);
  letGo();
  await expect(field(page)).toContainText("No connection. It goes on by itself when the line is back");
  await expect(news(page)).toHaveText("No connection. clip.mp4 goes on when it is back.");
  expect(await barriers(page)).toEqual([]);
  await context.setOffline(false);

  await expect(news(page)).toHaveText("clip.mp4 is uploaded.");
  await expect(field(page)).toContainText("87 KB · 0:03");
  expect(begins).toBe(1);
  expect(await barriers(page)).toEqual([]);
  await save(page);
  await page.reload();
  await expect(field(page)).toContainText("clip.mp4");
});

test("what is no video is refused before or after it was sent, and what was there stays", async ({ page }) => {
  await openLesson(page);
  await choose(page, { name: "notes.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") });
  await expect(field(page)).toContainText("Files named .svg are not accepted here. Use MP4, MOV or WebM.");
  await choose(page, { name: "talk.mp4", mimeType: "video/mp4", buffer: Buffer.alloc(0) });
  await expect(field(page)).toContainText("This file is empty (0 bytes).");
  await choose(page, video("talk.mp4", "no film\n".repeat(100)));
  await expect(field(page)).toContainText("This file is named .mp4 but contains text.");
  await expect(news(page)).toContainText("talk.mp4 was not uploaded. This file is named .mp4 but contains text.");
  await expect(field(page).getByRole("button", { name: /Try again/ })).toHaveCount(0);
  await expect(field(page).getByText(/was not uploaded/)).toHaveCount(1);
  await field(page).getByRole("button", { name: "Dismiss talk.mp4" }).press("Enter");
  await expect(chooserOf(page)).toBeFocused();
});

test("a cancelled upload frees its bytes, and the keyboard is back at the start", async ({ page }) => {
  await openLesson(page);
  const reserved = async () => {
    const rows = await query(z.object({ reserved: z.coerce.number() }), `SELECT sum("reservedBytes") AS reserved FROM "StorageAccount"`);
    return rows[0]?.reserved;
  };
  const before = await reserved();
  const letGo = await holdParts(page);
  await choose(page, VIDEO);
  await expect.poll(reserved).toBeGreaterThan(before ?? 0);
  await field(page).getByRole("button", { name: "Cancel the upload of clip.mp4" }).click();
  letGo();
  await expect(chooserOf(page)).toBeFocused();
  await expect.poll(reserved).toBe(before);
});

test("several attachments are dropped at once and keep their order; a pasted file finds the only field that takes it", async ({ page }) => {
  await openLesson(page, "When they ask for the price");
  const attachments = field(page, /ttachments/);
  const files = ["1 one.txt", "2 two.txt", "3 three.txt"].map(note);
  await attachments.locator("> div").dispatchEvent("drop", { dataTransfer: await transferOf(page, files) });
  const list = page.getByRole("list", { name: "Attachments" });
  await expect(list.getByRole("listitem")).toContainText(["1 one.txt", "2 two.txt", "3 three.txt"]);

  const clipboardData = await transferOf(page, [note("pasted.txt")]);
  await page.evaluate((data) => {
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, clipboardData);
  await expect(list.getByRole("listitem")).toContainText(["1 one.txt", "2 two.txt", "3 three.txt", "pasted.txt"]);
  await expectGoodPage(page);
  await save(page);
  await page.getByRole("link", { name: "Courses" }).first().click();
  await expect(page).toHaveURL(/\/admin\/courses$/);
  await expect(tray(page).getByText("Attachment of When they ask for the price")).toHaveCount(0);
});

test("several uploads are told in one sentence, and a double click gives up one of them only", async ({ page }) => {
  await openLesson(page, "Set up your booking calendar");
  const attachments = field(page, /ttachments/);
  await holdParts(page);
  await choose(page, ["1 one.txt", "2 two.txt", "3 three.txt"].map(note), /ttachments/);
  await expect(news(page)).toHaveText("Uploading 3 files.");
  const bars = attachments.getByRole("progressbar", { name: /^Upload of \d/ });
  await expect(bars).toHaveCount(3);
  await attachments.getByRole("button", { name: "Cancel the upload of 2 two.txt" }).dblclick();
  await expect(bars).toHaveCount(2);
  await expect(attachments.getByRole("progressbar", { name: "Upload of 3 three.txt" })).toBeVisible();
  for (const name of ["1 one.txt", "3 three.txt"]) await attachments.getByRole("button", { name: `Cancel the upload of ${name}` }).click();
  await expect(bars).toHaveCount(0);
});

test("a busy field says why it takes nothing more, and whoever was signed out meanwhile signs in and goes on", async ({
  page,
  context,
}) => {
  await openLesson(page, "Reminders that help");
  const letGo = await holdParts(page);
  await choose(page, VIDEO);
  await expect(field(page).getByRole("progressbar")).toBeVisible();
  await field(page)
    .locator("> div")
    .dispatchEvent("drop", { dataTransfer: await transferOf(page, [video("second.mp4", "x")]) });
  const busy = "clip.mp4 is on its way here. Cancel it first to use another file.";
  await expect(field(page)).toContainText(busy);

  await context.clearCookies();
  letGo();
  await expect(field(page)).toContainText("You are signed out.");
  await expect(field(page)).not.toContainText(busy);
  expect(await barriers(page)).toEqual([]);
  const opened = context.waitForEvent("page");
  await field(page).getByRole("link", { name: "Sign in in a new tab" }).click();
  const other = await opened;
  await expect(other).toHaveURL(/\/sign-in/);
  await other.close();
  await signInAs(page, "hana@sidecar.test");
  await field(page).getByRole("button", { name: "Try again with clip.mp4" }).click();
  await expect(field(page)).toContainText("87 KB · 0:03");
  await save(page);
});

test("an upload goes on in the tray while its author moves about, and is handed to the field on the way back", async ({ page }) => {
  const lesson = await openLesson(page, "Five minutes, not five hours");
  const letGo = await holdParts(page);
  await choose(page, VIDEO);
  await expect(tray(page)).toContainText("1 upload · ");

  // Through the site, not by a reload: the page lives on.
  await page.getByRole("link", { name: "Courses" }).first().click();
  await expect(page).toHaveURL(/\/admin\/courses$/);
  const toggle = tray(page).getByRole("button", { name: /show the list of uploads/ });
  await toggle.press("Enter");
  const row = tray(page).getByRole("listitem").filter({ hasText: "Video of Five minutes, not five hours" });
  await expect(row.getByRole("progressbar")).toBeVisible();
  await expectGoodPage(page);

  await row.getByRole("button", { name: /^Pause/ }).click();
  await expect(row).toContainText("Paused at");
  await expect(news(page)).toHaveText("clip.mp4 is paused.");
  await page.keyboard.press("Escape");
  await expect(row).toBeHidden();
  await expect(toggle).toBeFocused();
  await tray(page).getByRole("button", { name: "Resume all uploads" }).click();

  await toggle.click();
  await row.getByRole("link", { name: /Open lesson/ }).click();
  await expect(page).toHaveURL(new RegExp(`${lesson}$`));
  await expectAlive(page);
  await expect(field(page).getByRole("progressbar", { name: "Upload of clip.mp4" })).toBeVisible();
  letGo();
  await expect(field(page)).toContainText("87 KB · 0:03");
  await expect(page.getByRole("region", { name: "Unsaved changes" })).toBeVisible();
});

test("a file that is ready while its author is elsewhere is offered in its field, and used", async ({ page }) => {
  const lesson = await openLesson(page, "Who does what");
  const letGo = await holdParts(page);
  await choose(page, VIDEO);
  await page.getByRole("link", { name: "Courses" }).first().click();
  await expect(page).toHaveURL(/\/admin\/courses$/);
  letGo();
  await expect(tray(page)).toContainText(/\d files? uploaded/);
  await tray(page)
    .getByRole("button", { name: /show the list/ })
    .click();
  const row = tray(page).getByRole("listitem").filter({ hasText: "Video of Who does what" }).first();
  await row.getByRole("link", { name: /Open lesson/ }).click();
  await expect(page).toHaveURL(new RegExp(`${lesson}$`));
  await field(page).getByRole("button", { name: "Use this file clip.mp4" }).first().click();
  await expect(field(page)).toContainText("87 KB · 0:03");
  await save(page);
  await page.reload();
  await expect(field(page)).toContainText("87 KB · 0:03");
});

test("giving up an upload that is far along asks first; after a reload it is offered to go on, and discarded", async ({ page }, info) => {
  await openLesson(page, "Invite your colleagues");
  const path = info.outputPath("recording.mp4");
  await writeLargeVideo(path, 192 * MIB);
  await holdParts(page, 8);
  // By its path: a file of this size can't be handed over as bytes.
  await field(page).locator("input[type=file]").first().setInputFiles(path);
  const cancel = field(page).getByRole("button", { name: "Cancel the upload of recording.mp4" });
  await expect(field(page).getByText(/^[6-9]\d\s%/)).toBeVisible({ timeout: 60_000 });
  await cancel.click();
  const question = page.getByRole("alertdialog", { name: "Cancel this upload?" });
  await expect(question).toContainText("of recording.mp4 have arrived");
  expect(await barriers(page)).toEqual([]);
  await question.getByRole("button", { name: "Keep it" }).click();

  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await expectAlive(page);
  await expect(field(page)).toContainText(/67\s% of recording.mp4 is kept until/);
  await expect(field(page)).toContainText("Choose the file again to go on.");
  await expectGoodPage(page);

  const other = page.waitForEvent("filechooser");
  await field(page).getByRole("button", { name: "Choose the file recording.mp4" }).click();
  await (await other).setFiles(VIDEO);
  await expect(field(page)).toContainText("clip.mp4 is another file than recording.mp4");
  await expect(field(page)).toContainText(/67\s% of recording.mp4 is kept until/);
  expect(await barriers(page)).toEqual([]);
  await field(page)
    .getByRole("button", { name: /^Discard/ })
    .click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Discard upload" }).click();
  await expect(field(page)).not.toContainText("is another file than recording.mp4");
});

test("a frame of the video becomes the lesson's poster", async ({ page }) => {
  await openLesson(page, "Three friendly reminders");
  await choose(page, VIDEO);
  await expect(field(page)).toContainText("87 KB · 0:03");
  const poster = field(page, "Poster");
  await poster.getByRole("button", { name: "Choose a frame" }).click();
  const dialog = page.getByRole("dialog", { name: "Choose a poster" });
  const slider = dialog.getByRole("slider", { name: "Position" });
  await expect(slider).toBeEnabled();
  await slider.focus();
  for (let step = 0; step < 40; step += 1) await page.keyboard.press("ArrowRight");
  await expect(slider).toHaveAttribute("aria-valuetext", /^0:01\.\d of 0:03\.0$/);
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Use this frame" }).click();
  await expect(poster).toContainText("clip 00m01s.jpg");
  await expect(poster.getByRole("img", { name: "Preview of clip 00m01s.jpg" })).toBeVisible();
  await expectGoodPage(page);
  await save(page);
  await page.reload();
  await expect(poster).toContainText("clip 00m01s.jpg");
});
