import { expect, test, type Page } from "@playwright/test";
import { barriers, complaintsOf } from "./support/page-quality";
import { signInAs } from "./support/stack";

const run = Date.now().toString(36);

test.beforeEach(({ page }) => signInAs(page, "amara@sidecar.test"));

/** Makes a draft and waits until its details can be edited. */
async function createDraft(page: Page, title: string): Promise<void> {
  await page.goto("/o/northwind/admin/courses/new");
  await page.getByLabel("Title").fill(title);
  await page.getByRole("button", { name: "Create draft" }).click();
  await page.waitForURL(/\/admin\/courses\/[\w-]{20,}$/);
  await expectEditor(page);
}

/** The editor comes last: the page is alive. */
const expectEditor = (page: Page) => expect(page.getByRole("button", { name: "Bold" })).toBeVisible();

const saveButton = (page: Page) => page.getByRole("button", { name: "Save", exact: true });

async function save(page: Page): Promise<void> {
  await saveButton(page).click();
  await expect(saveButton(page)).toBeHidden();
}

test("a text with a heading, a list and a link is saved and shown as a learner will see it", async ({ page }) => {
  const complaints = complaintsOf(page);
  await createDraft(page, `Rich text ${run}`);
  const text = page.getByRole("textbox", { name: "Description" });
  await text.click();
  await page.getByRole("button", { name: "Heading", exact: true }).click();
  await page.keyboard.type("Before the first call");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Bullet list" }).click();
  await page.keyboard.type("Read the brief");
  await page.keyboard.press("Enter");
  await page.keyboard.type("The house style");
  await page.keyboard.press("Shift+Home");
  await page.getByRole("button", { name: "Link" }).click();
  await page.getByLabel("Link to").fill("example.com/style");
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Apply" }).click();
  await save(page);

  await page.getByRole("link", { name: "Preview" }).click();
  await page.waitForURL(/\/o\/northwind\/courses\//);
  await expect(page.getByRole("heading", { name: "Before the first call" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: /^Read the brief$/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "The house style" })).toHaveAttribute("href", "https://example.com/style");
  expect(complaints).toEqual([]);
});

test("of two tabs that save the same details the second is shown both, and keeping its own loses no other field", async ({
  page,
  context,
}) => {
  await createDraft(page, `Two tabs ${run}`);
  const other = await context.newPage();
  await other.goto(page.url());
  await expectEditor(other);
  await other.getByLabel("Summary").fill("Written in the other tab.");
  await other.getByLabel("Category").fill("Onboarding");
  await page.getByLabel("Summary").fill("Written in this tab.");
  await save(other);

  await saveButton(page).click();
  const dialog = page.getByRole("dialog", { name: "This course was saved meanwhile" });
  await expect(dialog).toContainText("Written in the other tab.");
  await expect(dialog).toContainText("Written in this tab.");
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(page.getByLabel("Summary")).toHaveValue("Written in this tab.");

  await saveButton(page).click();
  await dialog.getByRole("button", { name: "Keep mine" }).click();
  await expect(saveButton(page)).toBeHidden();
  await other.reload();
  await expect(other.getByLabel("Summary")).toHaveValue("Written in this tab.");
  await expect(other.getByLabel("Category")).toHaveValue("Onboarding");
});

test("leaving with unsaved changes asks, and staying keeps them", async ({ page }) => {
  await createDraft(page, `Leaving ${run}`);
  const details = page.url();
  const summary = page.getByLabel("Summary");
  await summary.fill("Not saved yet.");
  const question = page.getByRole("alertdialog", { name: "Leave without saving?" });
  await page.getByRole("link", { name: "Curriculum" }).click();
  await expect(question).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await question.getByRole("button", { name: "Stay here" }).click();
  await expect(question).toBeHidden();
  await expect(page).toHaveURL(details);
  await expect(summary).toHaveValue("Not saved yet.");

  await page.getByRole("link", { name: "Curriculum" }).click();
  await question.getByRole("button", { name: "Leave without saving" }).click();
  await page.waitForURL("**/curriculum");
  await page.getByRole("link", { name: "Details" }).click();
  await expect(summary).toHaveValue("");
});

test("a course is deleted only by typing its title", async ({ page }) => {
  const title = `Short lived ${run}`;
  await createDraft(page, title);
  const details = page.url();
  await page.getByRole("button", { name: "More acts on this course" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const question = page.getByRole("alertdialog", { name: "Delete this course?" });
  const confirm = question.getByRole("button", { name: "Delete course" });
  const typed = question.getByRole("textbox");
  await expect(confirm).toBeDisabled();
  await typed.fill(title.slice(0, -1));
  await expect(confirm).toBeDisabled();
  expect(await barriers(page)).toEqual([]);
  await typed.fill(title);
  await confirm.click();
  await page.waitForURL("**/admin/courses");
  await expect(page.getByText(`“${title}” was deleted.`)).toBeVisible();
  expect((await page.goto(details))?.status()).toBe(404);
});
