import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import sharp, { type Sharp } from "sharp";
import { z } from "zod";
import { barriers, complaintsOf } from "./support/page-quality";
import { freshMinute, query, signInAs } from "./support/stack";
import { choose, expectAlive, field, IN_HARBOUR_PINE, news, openLesson, save } from "./support/upload-page";

const row = z.object({ fileName: z.string(), verifiedType: z.string(), bytes: z.coerce.number(), width: z.number(), height: z.number() });

/** The newest picture that was uploaded under this name. */
async function stored(fileName: string): Promise<z.output<typeof row>> {
  const columns = `"fileName", "verifiedType", bytes, width, height`;
  const [found] = await query(
    row,
    `SELECT ${columns} FROM "MediaFile" WHERE "fileName" = $1 AND "parentId" IS NULL ORDER BY "createdAt" DESC LIMIT 1`,
    [fileName],
  );
  if (!found) throw new Error(`there is no file called ${fileName}`);
  return found;
}

/** As noisy as a photograph. */
function photograph(width: number, height: number): Sharp {
  return sharp({ create: { width, height, channels: 3, background: "#888", noise: { type: "gaussian", mean: 128, sigma: 25 } } });
}

async function openCourse(page: Page): Promise<void> {
  await signInAs(page, "hana@sidecar.test");
  const [course] = await query(
    z.object({ id: z.string() }),
    `SELECT id FROM "Course" WHERE title = 'Booking calendar and reminders' ${IN_HARBOUR_PINE}`,
  );
  await freshMinute();
  await page.goto(`/o/harbour-pine/admin/courses/${course?.id ?? ""}`);
  await expectAlive(page);
}

test("a photograph above the limit is made smaller in a worker, and is a good thumbnail", async ({ page }) => {
  const complaints = complaintsOf(page);
  await openCourse(page);
  const thumbnail = field(page, "Thumbnail");
  await expect(thumbnail).toContainText("up to 10 MB. Large pictures are made smaller before they are sent.");

  const buffer = await photograph(5200, 3900).jpeg({ quality: 95 }).withMetadata({ orientation: 6 }).toBuffer();
  expect(buffer.length).toBeGreaterThan(10 * 1024 * 1024);
  const begun = page.waitForRequest(/\/api\/s3\/upload/);
  // The first worker: hashing comes later.
  const drawing = page.waitForEvent("worker");
  await choose(page, { name: "The quay.v2.JPG", mimeType: "image/jpeg", buffer }, "Thumbnail");
  const worker = await drawing;
  expect((await begun).postDataJSON()).toMatchObject({ fileName: "The quay.v2.webp", contentType: "image/webp" });
  await expect(news(page)).toHaveText("The quay.v2.webp is uploaded.");
  await expect(thumbnail.getByRole("img", { name: "Preview of The quay.v2.webp" })).toBeVisible();
  expect(page.workers()).not.toContain(worker);

  const picture = await stored("The quay.v2.webp");
  expect(picture).toMatchObject({ verifiedType: "image/webp", width: 1920, height: 2560 });
  expect(picture.bytes).toBeLessThan(buffer.length / 3);
  expect(await barriers(page)).toEqual([]);
  await save(page);
  await page.reload();
  await expect(thumbnail).toContainText("The quay.v2.webp");
  expect(complaints).toEqual([]);
});

test("a logo keeps what may be seen through, and its shorter side what a square needs", async ({ page }) => {
  await signInAs(page, "amara@sidecar.test");
  await page.goto("/o/northwind/admin/settings");
  const mark = await photograph(600, 600).png().toBuffer();
  const clear = { r: 0, g: 0, b: 0, alpha: 0 };
  const logo = sharp({ create: { width: 2400, height: 1200, channels: 4, background: clear } }).composite([{ input: mark }]);
  const buffer = await logo.png().toBuffer();
  await choose(page, { name: "logo.png", mimeType: "image/png", buffer }, "Logo");
  await expect(news(page)).toHaveText("logo.webp is uploaded.");
  expect(await stored("logo.webp")).toMatchObject({ width: 1024, height: 512 });
  const shown = await field(page, "Logo").getByRole("img", { name: "Preview of logo.webp" }).getAttribute("src");
  const answer = await page.request.get(shown ?? "");
  expect(await sharp(await answer.body()).stats()).toMatchObject({ isOpaque: false });

  // What is uploaded and not used is listed on every page of its person.
  await save(page);
  await field(page, "Logo").getByRole("button", { name: "Remove Logo" }).click();
  await save(page);
});

test("a picture that is damaged, and one that is small already, are sent as they are", async ({ page }) => {
  await openCourse(page);
  const whole = await photograph(4000, 2000).jpeg().toBuffer();
  await choose(page, { name: "cut.jpg", mimeType: "image/jpeg", buffer: whole.subarray(0, whole.length / 2) }, "Thumbnail");
  await expect(field(page, "Thumbnail")).toContainText("This image is damaged or incomplete.");
  const small = await photograph(800, 450).jpeg().toBuffer();
  await choose(page, { name: "small.jpg", mimeType: "image/jpeg", buffer: small }, "Thumbnail");
  await expect(news(page)).toHaveText("small.jpg is uploaded.");
  expect(await stored("small.jpg")).toMatchObject({ bytes: small.length, width: 800, height: 450 });
  await save(page);
});

/** Drops what lies on the disk under this path on a field, as a file manager would. */
async function dropFromDisk(page: Page, name: string | RegExp, path: string): Promise<void> {
  const zone = field(page, name).locator("> div");
  await zone.scrollIntoViewIfNeeded();
  const box = await zone.boundingBox();
  if (!box) throw new Error("the field can't be seen");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const chromium = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) await chromium.send("Input.dispatchDragEvent", { type, x, y, data });
}

test("a folder that is dropped on the attachments gives its files, and one without files says so", async ({ page }, info) => {
  const folder = info.outputPath("handouts");
  for (const path of ["2 after.txt", "1 before/10 list.txt", "1 before/9 list.txt", "1 before/.DS_Store", "desktop.ini"]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `What ${path} says.\n`);
  }
  const empty = info.outputPath("nothing");
  await mkdir(join(empty, "in", "here"), { recursive: true });

  await openLesson(page, "How we measure success");
  const list = page.getByRole("list", { name: "Attachments" }).getByRole("listitem");
  const before = await list.count();
  await dropFromDisk(page, /ttachments/, empty);
  await expect(field(page, /ttachments/)).toContainText("There are no files in what you dropped.");
  await dropFromDisk(page, /ttachments/, folder);
  await expect(list).toHaveCount(before + 3);
  const names = (await list.allInnerTexts()).map((text) => text.split("\n")[0]);
  expect(names.slice(-3)).toEqual(["9 list.txt", "10 list.txt", "2 after.txt"]);
  await expect(field(page, /ttachments/)).not.toContainText("There are no files");
  await save(page);
});
