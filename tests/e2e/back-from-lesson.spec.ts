import { expect, test } from "@playwright/test";
import { z } from "zod";
import { query, sessionOf } from "./support/stack";

test("who enrols and goes back finds the course begun, not offered", async ({ page }) => {
  const [oscar] = await query(z.object({ id: z.string() }), `SELECT id FROM "User" WHERE email = 'oscar@sidecar.test'`);
  await page.context().addCookies([await sessionOf(oscar?.id ?? "")]);
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
