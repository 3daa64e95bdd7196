import { expect, test } from "@playwright/test";
import { expectGoodPage } from "./support/page-quality";
import { signInAs } from "./support/stack";

test("the page of another role says so, in the tab's name, too", async ({ page }) => {
  await signInAs(page, "tom@sidecar.test");
  const answer = await page.goto("/o/northwind/admin/people");
  expect(answer?.status()).toBe(403);
  await expect(page.getByRole("heading", { name: "Your role does not open this page" })).toBeVisible();
  await expect(page).toHaveTitle("Not allowed · Sidecar");
  await expectGoodPage(page);
  await page.getByRole("link", { name: "Go to your organizations" }).click();
  await expect(page).toHaveURL("/o/northwind");
});

test("the page of an address that leads nowhere lets somebody sign in with another one", async ({ page }) => {
  await page.goto("/nowhere");
  await expect(page.getByRole("link", { name: "Sign in", exact: true })).toBeVisible();

  await signInAs(page, "tom@sidecar.test");
  await page.goto("/nowhere");
  await expect(page.getByRole("main")).toContainText("tom@sidecar.test");
  await page.getByRole("button", { name: "Sign in with another address" }).click();
  await expect(page.getByRole("textbox", { name: "Email address" })).toBeVisible();
});
