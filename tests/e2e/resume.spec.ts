import { expect, test, type Page } from "@playwright/test";
import { z } from "zod";
import { writeLargeVideo } from "./support/large-video";
import { orderStore, query, storeTraffic } from "./support/stack";
import { field, holdParts, news, openLesson } from "./support/upload-page";

const MIB = 1024 ** 2;
const PART = 16 * MIB;
const IN_FLIGHT = 4;

/** By its path: a file of this size can't be handed over as bytes. */
const give = (page: Page, path: string) => field(page).locator("input[type=file]").first().setInputFiles(path);

/** Ends the page's process as a power cut would: nothing of the page can say goodbye. */
async function kill(page: Page): Promise<void> {
  const crashed = page.waitForEvent("crash");
  const session = await page.context().newCDPSession(page);
  // The process that would answer is gone.
  session.send("Page.crash").catch(() => undefined);
  await crashed;
}

// What is put here would weigh on every journey after these that exports the organization.
test.afterEach(async () => {
  await query(
    z.unknown(),
    `UPDATE "MediaFile" SET state = 'RELEASED', "purgeAfter" = now() + interval '1 day' WHERE state = 'READY' AND bytes >= ${8 * PART}`,
  );
});

test("a gigabyte whose tab is killed at 60 % goes on in another browser, and sends at most four parts again", async ({
  page,
  browser,
}, info) => {
  const size = 1024 * MIB;
  const path = info.outputPath("recording.mp4");
  await writeLargeVideo(path, size);
  await orderStore({ resetTraffic: true });
  const sent = async () => (await storeTraffic("UploadPart")).bytesIn;

  await openLesson(page, "Put the calendar where people look");
  await give(page, path);
  await expect.poll(sent, { timeout: 90_000, intervals: [50] }).toBeGreaterThan(0.55 * size);
  // So slow that every part takes seconds: the end finds four of them half sent.
  await orderStore({ connectionBytesPerSecond: 8 * MIB });
  await expect.poll(sent, { timeout: 30_000, intervals: [50] }).toBeGreaterThan(0.6 * size);
  await kill(page);
  await orderStore({ connectionBytesPerSecond: null });

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await openLesson(other, "Put the calendar where people look");
  await expect(field(other)).toContainText(/[56]\d\s% of recording.mp4 is kept until/);
  const chooser = other.waitForEvent("filechooser");
  await field(other).getByRole("button", { name: "Choose the file recording.mp4" }).click();
  await (await chooser).setFiles(path);
  await expect(field(other)).toContainText("1 GB · 0:03", { timeout: 90_000 });
  await elsewhere.close();

  const total = await sent();
  info.annotations.push({ type: "sent again", description: `${Math.round((total - size) / MIB)} MiB` });
  expect(total).toBeGreaterThan(size);
  expect(total - size).toBeLessThanOrEqual(IN_FLIGHT * PART);
  expect((await storeTraffic("CreateMultipartUpload")).requests).toBe(1);
});

test("of two tabs with the same file one works; the other follows it, and takes over when it closes", async ({ page, context }, info) => {
  const path = info.outputPath("talk.mp4");
  await writeLargeVideo(path, 8 * PART);
  await orderStore({ resetTraffic: true });
  const lesson = await openLesson(page, "Holidays, lunch and other exceptions");
  await holdParts(page, 3);
  await give(page, path);
  await expect(field(page)).toContainText(/^.*3\d\s%/, { timeout: 30_000 });

  const second = await context.newPage();
  await second.goto(lesson);
  await expect(second.getByRole("button", { name: "Bold" })).toBeVisible();
  await give(second, path);
  await expect(field(second)).toContainText("Another tab is uploading this file.");

  page.on("dialog", (dialog) => void dialog.accept());
  await page.close({ runBeforeUnload: true });
  await expect(news(second)).toHaveText("talk.mp4 is uploaded.", { timeout: 60_000 });
  await expect(field(second)).toContainText("128 MB · 0:03");
  expect((await storeTraffic("CreateMultipartUpload")).requests).toBe(1);
});
