import { expect, test } from "@playwright/test";
import { signInAs } from "./support/stack";

test("who enrols and goes back finds the course begun, not offered", async ({ page }) => {
  await signInAs(page, "oscar@sidecar.test");
  const course = "/o/harbour-pine/courses/answering-enquiries-well";
  await page.goto(course);
  // The first press may come before the page is alive.
  await expect(async () => {
    const enrol = page.getByRole("button", { name: "Enrol and start" });
    if (await enrol.isVisible()) await enrol.click({ timeout: 1000 });
    await page.waitForURL(/\/lessons\//, { timeout: 5000 });
  }).toPass();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Five minutes, not five hours");
  await page.goBack();
  await expect(page).toHaveURL(course);
  await expect(page.getByRole("link", { name: "Start the course" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Enrol and start" })).toBeHidden();
});
