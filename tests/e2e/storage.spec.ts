import { expect, test, type Page } from "@playwright/test";
import { z } from "zod";
import { createManyFiles } from "../support/many-files";
import { complaintsOf, expectGoodPage } from "./support/page-quality";
import { query, signInAs } from "./support/stack";

/** Looks after Northwind's storage. */
const ADMIN = "jonas@sidecar.test";
const CROWD = "storage-crowd";
const run = (sql: string, values: unknown[] = []) => query(z.unknown(), sql, values);

/** Whatever a journey leaves in Northwind's account is put back after it. */
const accountOf = `"StorageAccount" WHERE "organizationId" = (SELECT id FROM "Organization" WHERE slug = 'northwind')`;

async function fillTo(percent: number): Promise<void> {
  await run(
    `UPDATE "StorageAccount" SET "limitBytes" = greatest(1, "usedBytes" + "reservedBytes") * 100 / $1::int
    WHERE "organizationId" = (SELECT id FROM "Organization" WHERE slug = 'northwind')`,
    [percent],
  );
}

const sizesOf = (page: Page, label: string) =>
  page.getByRole("table", { name: label }).getByRole("row").locator("td:last-child").allTextContents();

test.beforeEach(({ page }) => signInAs(page, ADMIN));

test("an admin finds out what takes the space, down to the file and the lesson that uses it", async ({ page }) => {
  const complaints = complaintsOf(page);
  await page.goto("/o/northwind/admin");
  await page.getByRole("link", { name: "Storage", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Storage" })).toBeVisible();
  await expect(page.getByRole("meter", { name: "Storage used" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Storage by kind" }).getByText("Lesson videos")).toBeVisible();
  expect((await sizesOf(page, "Storage by course")).length).toBeGreaterThan(2);
  await expectGoodPage(page);

  await page.getByRole("link", { name: "Files", exact: true }).click();
  await expect(page.getByRole("table", { name: "Files" })).toBeVisible();
  await expectGoodPage(page);
  await page.getByRole("link", { name: "Removed" }).click();
  await expect(page).toHaveURL(/view=released/);
  await page.getByRole("link", { name: "Largest" }).click();
  const use = page.getByRole("table", { name: "Files" }).getByRole("link").first();
  await use.click();
  await expect(page).toHaveURL(/\/admin\/(courses\/|settings)/);
  expect(complaints).toEqual([]);
});

test("growth is plotted by day and by month, and the same figures are there as a table", async ({ page }) => {
  const complaints = complaintsOf(page);
  const days = `INSERT INTO "StorageUsageDay" ("organizationId", day, "usedBytes", files)
    SELECT o.id, (now() AT TIME ZONE 'UTC')::date - n, (200 - n) * 5000000, 200 - n FROM "Organization" o, generate_series(1, 120) n WHERE o.slug = 'northwind'`;
  const forget = `DELETE FROM "StorageUsageDay" WHERE "organizationId" = (SELECT id FROM "Organization" WHERE slug = 'northwind')`;
  await run(forget);
  await run(days);
  await page.goto("/o/northwind/admin/storage");
  const plot = page.locator(".recharts-area-curve");
  await expect(plot).toBeVisible();
  const byDay = await plot.getAttribute("d");
  await page.getByRole("button", { name: "12 months" }).click();
  await expect(page.getByRole("button", { name: "12 months" })).toHaveAttribute("aria-pressed", "true");
  await expect(plot).not.toHaveAttribute("d", byDay ?? "");
  await page.getByText("By month, in figures").click();
  expect(await page.locator("details").getByRole("row").count()).toBeGreaterThan(4);
  await expectGoodPage(page);
  await run(forget);
  expect(complaints).toEqual([]);
});

test("from 80 % on a strip above every admin page says so, to those who can do something about it", async ({ page }) => {
  const [before] = await query(z.object({ limit: z.string() }), `SELECT "limitBytes"::text AS limit FROM ${accountOf}`);
  const strip = page.getByRole("region", { name: "Storage notice" });
  await fillTo(79);
  await page.goto("/o/northwind/admin/courses");
  await expect(strip).toBeHidden();
  await fillTo(81);
  await page.reload();
  await expect(strip).toContainText("Storage is 81% full");
  await expectGoodPage(page);
  await fillTo(96);
  await page.reload();
  await expect(strip).toContainText("Uploads that do not fit are refused");
  await expectGoodPage(page);
  await strip.getByRole("link").click();
  await expect(page).toHaveURL(/\/admin\/storage$/);
  await signInAs(page, "priya@sidecar.test");
  await page.goto("/o/northwind/admin/courses");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(strip).toBeHidden();
  await run(
    `UPDATE "StorageAccount" SET "limitBytes" = $1::bigint
    WHERE "organizationId" = (SELECT id FROM "Organization" WHERE slug = 'northwind')`,
    [before?.limit],
  );
});

test.describe("an organization with 200 courses and 20,000 files", () => {
  test.beforeAll(async () => {
    await run(
      `INSERT INTO "Organization" (id, name, slug, "storagePrefix") VALUES ($1, 'A crowded academy', $1, 'organizations/' || $1 || '/')`,
      [CROWD],
    );
    await run(`INSERT INTO "StorageAccount" ("organizationId", "limitBytes", "updatedAt") VALUES ($1, 1, now())`, [CROWD]);
    await run(`INSERT INTO "Member" (id, "organizationId", "userId", role) SELECT $1, $1, id, 'admin' FROM "User" WHERE email = $2`, [
      CROWD,
      ADMIN,
    ]);
    await createManyFiles(run, CROWD, { courses: 200, files: 20_000 });
  });
  test.afterAll(async () => {
    await run(`DELETE FROM "Lesson" WHERE "organizationId" = $1`, [CROWD]);
    await run(`DELETE FROM "Organization" WHERE id = $1`, [CROWD]);
  });

  test("sees its storage at once, and pages through courses and files", async ({ page }) => {
    await page.goto(`/o/${CROWD}/admin/storage`);
    const started = Date.now();
    await page.reload({ waitUntil: "load" });
    test.info().annotations.push({ type: "milliseconds until loaded", description: String(Date.now() - started) });
    await expect(page.getByRole("table", { name: "Storage by course" }).getByRole("row")).toHaveCount(26);
    await expect(page.getByText("1 to 25 of 200")).toBeVisible();
    await page.getByRole("link", { name: "Files", exact: true }).click();
    await expect(page.getByText("1 to 50 of 20000")).toBeVisible();
    await page.getByRole("link", { name: "Next" }).click();
    await expect(page.getByText("51 to 100 of 20000")).toBeVisible();
    await page.getByRole("link", { name: "Unwatched" }).click();
    await expect(page.getByRole("table", { name: "Files" })).toBeVisible();
  });
});
