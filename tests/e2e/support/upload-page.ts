import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { expect, type Page } from "@playwright/test";
import { z } from "zod";
import { freshMinute, query, signInAs } from "./stack";

export const VIDEO = "tests/support/media/clip.mp4";

/** Where the seed's row is, and not a copy of it that another journey has imported elsewhere. */
export const IN_HARBOUR_PINE = `AND "organizationId" = (SELECT id FROM "Organization" WHERE slug = 'harbour-pine')`;

/** Opens the editor of a lesson of the seed as its instructor. @returns its path */
export async function openLesson(page: Page, title = "Ask one question"): Promise<string> {
  await signInAs(page, "hana@sidecar.test");
  const row = z.object({ courseId: z.string(), id: z.string() });
  const [lesson] = await query(row, `SELECT "courseId", id FROM "Lesson" WHERE title = $1 ${IN_HARBOUR_PINE}`, [title]);
  if (!lesson) throw new Error(`the seed has no lesson called ${title}`);
  const path = `/o/harbour-pine/admin/courses/${lesson.courseId}/lessons/${lesson.id}`;
  await freshMinute();
  await page.goto(path);
  await expectAlive(page);
  return path;
}

/** The editor comes last: the page's script is there. */
export async function expectAlive(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: "Bold" })).toBeVisible();
}

export const field = (page: Page, name: string | RegExp = "Video") => page.getByRole("group", { name });
export const tray = (page: Page) => page.getByRole("region", { name: "Uploads" });
export const news = (page: Page) => page.getByRole("status", { name: "Upload news" });

/** The button that opens the file dialog, whether a file is there or not. */
export const chooserOf = (page: Page) => field(page).getByRole("button", { name: /^(Choose a file for|Replace) ?Video$/ });

export type TestFile = string | { name: string; mimeType: string; buffer: Buffer };

export async function choose(page: Page, files: TestFile | TestFile[], name: string | RegExp = "Video"): Promise<void> {
  const list = await Promise.all([files].flat().map(readTestFile));
  await field(page, name).locator("input[type=file]").first().setInputFiles(list);
}

async function readTestFile(file: TestFile): Promise<Exclude<TestFile, string>> {
  if (typeof file !== "string") return file;
  return { name: basename(file), mimeType: "video/mp4", buffer: await readFile(file) };
}

/** What a drag or the clipboard carries, inside the page. */
export async function transferOf(page: Page, files: TestFile[]) {
  const list = await Promise.all(files.map(readTestFile));
  const sources = list.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString("base64") }));
  return page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, mimeType, base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type: mimeType }));
    }
    return transfer;
  }, sources);
}

/** Saves the form that is open, and waits until the server has said yes. */
export async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("region", { name: "Unsaved changes" })).toBeHidden();
}

/**
 * Lets so many PUTs to storage pass and keeps the others waiting.
 *
 * @returns a function that lets all of them go on
 */
export async function holdParts(page: Page, passing = 0): Promise<() => void> {
  const { promise: held, resolve: letGo } = Promise.withResolvers<undefined>();
  let seen = 0;
  await page.route(/X-Amz-Signature/, async (route) => {
    if (route.request().method() === "PUT" && (seen += 1) > passing) await held;
    // A request that was cancelled meanwhile can't go on, and need not.
    await route.continue().catch(() => undefined);
  });
  return () => letGo(undefined);
}
