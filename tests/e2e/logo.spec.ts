import { expect, test, type Page } from "@playwright/test";
import sharp from "sharp";
import { expectGoodPage } from "./support/page-quality";
import { freshMinute, signInAs } from "./support/stack";
import { choose, field, save } from "./support/upload-page";

/** The picture that stands before an organization's name at the top of the page, whichever shell it is. */
async function logoOf(page: Page): Promise<string | null> {
  const name = page.getByRole("link", { name: "Northwind Academy" }).or(page.getByRole("button", { name: /^Northwind Academy/ }));
  return name
    .filter({ visible: true })
    .first()
    .evaluate((element) => {
      const pictures = [...element.querySelectorAll("span")].map((span) => getComputedStyle(span).backgroundImage);
      return pictures.map((value) => /url\("(.*)"\)/.exec(value)?.[1] ?? null).find((url) => url !== null) ?? null;
    });
}

test("a logo is uploaded and saved, is whole in both shells, and goes when it is removed", async ({ page }) => {
  await signInAs(page, "amara@sidecar.test");
  await freshMinute();
  await page.goto("/o/northwind/admin/settings");
  const logo = field(page, "Logo");
  await expect(logo).toContainText("Shown in a square. Large pictures are made smaller before they are sent.");
  expect(await logoOf(page)).toBeNull();

  // A wordmark: red at its left end, blue at its right one.
  const right = await sharp({ create: { width: 450, height: 300, channels: 3, background: "#0000ff" } })
    .png()
    .toBuffer();
  const wide = sharp({ create: { width: 900, height: 300, channels: 3, background: "#ff0000" } });
  const buffer = await wide
    .composite([{ input: right, gravity: "east" }])
    .png()
    .toBuffer();
  await choose(page, { name: "wordmark.png", mimeType: "image/png", buffer }, "Logo");
  await expect(logo.getByRole("img", { name: "Preview of wordmark.png" })).toBeVisible();
  await save(page);
  await expectGoodPage(page);

  await page.reload();
  const shown = await logoOf(page);
  const { data, info } = await sharp(await (await page.request.get(shown ?? "")).body())
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info.width).toBe(info.height);
  const colourAt = (left: number) => {
    const at = (info.width * (info.height >> 1) + left) * info.channels;
    // Lossy WebP: what is red is nearly so.
    return [...data.subarray(at, at + 3)].map((value) => Math.round(value / 51) * 51);
  };
  expect(colourAt(2)).toEqual([255, 0, 0]);
  expect(colourAt(info.width - 3)).toEqual([0, 0, 255]);

  await page.goto("/o/northwind");
  expect(await logoOf(page)).toBe(shown);
  await expectGoodPage(page);

  await page.goto("/o/northwind/admin/settings");
  await logo.getByRole("button", { name: "Remove Logo" }).click();
  await save(page);
  await page.reload();
  await expect(logo.getByRole("button", { name: /Choose a file/ })).toBeVisible();
  expect(await logoOf(page)).toBeNull();
});
