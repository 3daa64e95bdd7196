import { expect, test } from "@playwright/test";
import { barriers, complaintsOf } from "./support/page-quality";

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 820, 1440]) {
    test(`the landing page has no barrier, complaint or sideways scroll in ${colorScheme} at ${width} pixels`, async ({ page }) => {
      const complaints = complaintsOf(page);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 900 });
      await page.goto("/");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      // Pressed means that the page is hydrated: the server does not know the theme.
      await expect(page.getByRole("button", { name: "As the device" })).toHaveAttribute("aria-pressed", "true");
      expect(await barriers(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(complaints).toEqual([]);
    });
  }
}

test("a chosen theme is there on the next visit before the app's scripts are", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/");
  const dark = page.getByRole("button", { name: "Dark" });
  await expect(page.getByRole("button", { name: "As the device" })).toHaveAttribute("aria-pressed", "true");
  await dark.click();
  await expect(dark).toHaveAttribute("aria-pressed", "true");
  await page.route("**/_next/static/**/*.js*", (route) => route.abort());
  await page.reload();
  await expect(page.locator("html")).toHaveClass(/\bdark\b/);
});

test("the keyboard goes from the skip link past the navigation", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Sign in to your academy" })).toBeFocused();
});

test("an address that leads nowhere says so and leads on", async ({ page }) => {
  const answer = await page.goto("/nowhere/at-all");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("link", { name: "Go to the start" }).click();
  await expect(page).toHaveURL("/");
});
