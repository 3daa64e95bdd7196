import { readFile } from "node:fs/promises";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, test, type Page } from "@playwright/test";
import { z } from "zod";
import { complaintsOf, expectGoodPage } from "./support/page-quality";
import { query, signInAs } from "./support/stack";

const STAFF = "platform@sidecar.test";
const settings = z
  .object({ AWS_ENDPOINT_URL_S3: z.string(), AWS_REGION: z.string(), NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES: z.string() })
  .parse(process.env);
const bucket = settings.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES;
const lost = "organizations/northwind/private/video/a-lost-recording.mp4";

/** An object that no file has. The journeys' stack calls it old after a second. */
async function losesAnObject(): Promise<void> {
  const store = new S3Client({ endpoint: settings.AWS_ENDPOINT_URL_S3, region: settings.AWS_REGION, forcePathStyle: true });
  await store.send(new PutObjectCommand({ Bucket: bucket, Key: lost, Body: "bytes that nobody knows", ContentType: "video/mp4" }));
  store.destroy();
}

/** @param mode what the new sweep's row says: the row of the one before may be done already */
async function start(page: Page, mode: string, choose: () => Promise<void>): Promise<void> {
  await page.getByRole("button", { name: "Start a sweep" }).click();
  await choose();
  await page.getByRole("button", { name: "Start the sweep" }).click();
  await expect(page.getByText("The sweep begins within a minute.").first()).toBeVisible();
  // The page looks again by itself while the sweep is under way.
  const latest = page.getByRole("table", { name: "Latest sweeps" }).getByRole("row").nth(1);
  await expect(latest).toContainText(mode);
  await expect(latest).toContainText("Done", { timeout: 30_000 });
}

test("staff sweep the bucket: a report first, its CSV, then a clean-up by name, and one object taken back from the trash", async ({
  page,
}) => {
  await query(z.unknown(), `DELETE FROM "StorageSweep"`);
  await losesAnObject();
  await signInAs(page, STAFF);
  const complaints = complaintsOf(page);
  await page.goto("/platform/admin/storage");
  await expect(page.getByText("No sweep yet")).toBeVisible();
  await start(page, "Report", () => Promise.resolve());
  await page.getByRole("table", { name: "Latest sweeps" }).getByRole("link").first().click();
  const findings = page.getByRole("table", { name: "Findings" });
  await expect(findings.getByRole("row").filter({ hasText: lost })).toContainText("Object without a file");
  await expectGoodPage(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download CSV" }).click()]);
  expect(await readFile(await download.path(), "utf8")).toContain(`ORPHAN_OBJECT,${lost},23,`);

  await page.getByRole("link", { name: "Storage", exact: true }).last().click();
  await start(page, "May delete, forced", async () => {
    await page.getByRole("radio", { name: "Report, then clean up" }).check();
    await page.getByLabel("Let more than the limit go of").fill(bucket);
  });
  await page.getByRole("link", { name: "Trash", exact: true }).click();
  await page.getByRole("searchbox", { name: "Search by key" }).fill("a-lost");
  // What was chosen before is forgotten with the page that it was on.
  await expect(page).toHaveURL(/[?&]q=a-lost/);
  await expect(page.getByRole("table", { name: "Trash" }).getByRole("row")).toHaveCount(2);
  await page.getByRole("checkbox", { name: lost }).check();
  await expectGoodPage(page);
  await page.getByRole("button", { name: "Restore" }).click();
  await expect(page.getByText("1 object back in place.").first()).toBeVisible();
  await expect(page.getByText("No object in the trash matches")).toBeVisible();
  expect(complaints).toEqual([]);
});
