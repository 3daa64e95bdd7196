import { expect, test, type Page } from "@playwright/test";
import { z } from "zod";
import { complaintsOf } from "./support/page-quality";
import { query, signInAs } from "./support/stack";
import { IN_HARBOUR_PINE } from "./support/upload-page";

/** Keeps the page's script back; what is returned lets it through. */
async function holdScript(page: Page): Promise<() => void> {
  const { promise: released, resolve: release } = Promise.withResolvers<null>();
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await released;
    await route.continue();
  });
  return () => release(null);
}

test("a form that is sent before its script has come stays, and keeps what was typed", async ({ page }) => {
  const complaints = complaintsOf(page);
  const release = await holdScript(page);
  await page.goto("/sign-in", { waitUntil: "commit" });
  const address = page.getByRole("textbox", { name: "Email address" });
  await address.fill("kofi@sidecar.test");
  await address.press("Enter");
  await page.getByRole("button", { name: "Mail me a code" }).click();
  expect(page.url()).toMatch(/\/sign-in$/);
  await expect(address).toHaveValue("kofi@sidecar.test");

  release();
  // Pressed means that the page is alive: the server does not know the theme.
  await expect(page.getByRole("button", { name: "As the device" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Mail me a code" }).click();
  await expect(page.getByRole("heading", { name: "Check your mail" })).toBeVisible();
  await expect(page.getByRole("status")).toContainText("kofi@sidecar.test");
  expect(complaints).toEqual([]);
});

test("a refused address is announced once", async ({ page }) => {
  await page.goto("/sign-in");
  await expect(page.getByRole("button", { name: "As the device" })).toHaveAttribute("aria-pressed", "true");
  const address = page.getByRole("textbox", { name: "Email address" });
  await address.fill("nonsense");
  await address.press("Enter");
  await expect(page.getByRole("main").getByRole("alert")).toHaveText("Enter a complete email address, such as you@example.com.");
  await expect(address).toHaveAccessibleDescription("Enter a complete email address, such as you@example.com.");
});

test("a file that is chosen before the script has come is uploaded", async ({ page }) => {
  await signInAs(page, "hana@sidecar.test");
  const row = z.object({ courseId: z.string(), id: z.string() });
  const [lesson] = await query(row, `SELECT "courseId", id FROM "Lesson" WHERE title = 'Ask one question' ${IN_HARBOUR_PINE}`);
  const release = await holdScript(page);
  await page.goto(`/o/harbour-pine/admin/courses/${lesson?.courseId ?? ""}/lessons/${lesson?.id ?? ""}`, { waitUntil: "commit" });
  const video = page.getByRole("group", { name: "Video" });
  await video.locator("input[type=file]").setInputFiles("tests/support/media/clip.mp4");
  release();
  await expect(page.getByRole("status", { name: "Upload news" })).toHaveText("clip.mp4 is uploaded.");
});
