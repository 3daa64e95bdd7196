import { expect, test } from "@playwright/test";
import { z } from "zod";
import { complaintsOf, expectGoodPage } from "./support/page-quality";
import { mailsTo, query, signInAs } from "./support/stack";

/** Owns Harbour & Pine, and opens a second organization here. */
const OWNER = "marisol@sidecar.test";
const SECOND = "harbour-second";

async function openSecondOrganization(): Promise<void> {
  await query(
    z.unknown(),
    `WITH opened AS (
      INSERT INTO "Organization" (id, name, slug, "storagePrefix", "createdAt")
      VALUES (gen_random_uuid()::text, 'Harbour Second', $1, 'organizations/' || $1 || '/', now()) RETURNING id),
    account AS (INSERT INTO "StorageAccount" ("organizationId", "limitBytes", "updatedAt") SELECT id, 1073741824, now() FROM opened)
    INSERT INTO "Member" (id, "organizationId", "userId", role, "createdAt")
    SELECT gen_random_uuid()::text, opened.id, u.id, 'owner', now() FROM opened, "User" u WHERE u.email = $2`,
    [SECOND, OWNER],
  );
}

test("an owner exports an organization, follows the link and brings everything into another", async ({ page }) => {
  const complaints = complaintsOf(page);
  await openSecondOrganization();
  await signInAs(page, OWNER);
  await page.goto("/o/harbour-pine/admin/storage");
  await page.getByRole("link", { name: "Export and import" }).click();
  await page.getByRole("button", { name: "Export everything" }).click();
  const field = page.getByRole("textbox", { name: "Link", exact: true });
  await expect(field).toBeVisible({ timeout: 30_000 });
  await expectGoodPage(page);
  const link = await field.inputValue();
  const archive = await page.request.get(link);
  expect(archive.headers()["content-disposition"]).toMatch(/^attachment; filename="harbour-pine-[\d-]+\.tar"/);
  expect((await archive.body()).subarray(0, 12).toString()).toBe("sidecar.json");
  await expect.poll(async () => (await mailsTo(OWNER))[0]?.text, { timeout: 20_000 }).toContain(link);

  await page.goto(`/o/${SECOND}/admin/storage/transfer`);
  await page.getByRole("textbox", { name: "Link of an export" }).fill("a link");
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page.getByText("This is not the link of an export.")).toBeVisible();
  await page.getByRole("textbox", { name: "Link of an export" }).fill(link);
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page.getByText("From Harbour & Pine")).toBeVisible();
  await page.getByRole("link", { name: "Go to the courses" }).click({ timeout: 40_000 });
  const titles = await query(
    z.object({ title: z.string() }),
    `SELECT title FROM "Course" WHERE "organizationId" = (SELECT id FROM "Organization" WHERE slug = 'harbour-pine')`,
  );
  for (const { title } of titles) await expect(page.getByRole("link", { name: title })).toBeVisible();

  await page.goto("/o/harbour-pine/admin/storage/transfer");
  await page.getByRole("button", { name: "Delete now" }).click();
  await page.getByRole("button", { name: "Delete the archive" }).click();
  await expect(page.getByText("Archive deleted")).toBeVisible();
  expect((await page.request.get(link)).status()).toBe(404);
  expect(complaints).toEqual([]);
});
