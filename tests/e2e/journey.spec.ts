import { expect, test, type Page } from "@playwright/test";
import { complaintsOf, expectGoodPage } from "./support/page-quality";
import { mailsTo } from "./support/stack";

const VIDEO = "prisma/media/welcome-aboard.mp4";
const THUMBNAIL = "prisma/media/welcome-aboard.jpg";
const run = Date.now().toString(36);
const title = `First week ${run}`;
const learnerAddress = `nadia-${run}@sidecar.test`;

/** The newest mail to an address, once it has arrived. */
async function nextMail(address: string, subject: RegExp) {
  let found: Awaited<ReturnType<typeof mailsTo>>[number] | undefined;
  await expect
    .poll(async () => (found = (await mailsTo(address)).find((mail) => subject.test(mail.subject)))?.subject, `a mail to ${address}`)
    .toBeTruthy();
  if (!found) throw new Error(`No mail to ${address}.`);
  return found;
}

/** Asks for a code on the sign-in page that is open, and types what the mail says. */
async function signInByCode(page: Page, address: string): Promise<void> {
  await page.getByLabel("Email address").fill(address);
  await page.getByRole("button", { name: "Mail me a code" }).click();
  const code = page.getByLabel("Code from the mail");
  await expect(code).toBeVisible();
  const mail = await nextMail(address, /\d{6}/);
  await code.fill(/\d{6}/.exec(mail.subject)?.[0] ?? "");
}

/** Saves the form that is open; the bar of unsaved changes goes when the server has said yes. */
async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("region", { name: "Unsaved changes" })).toBeHidden();
}

const video = (page: Page) => page.locator("video").first();
const currentTime = (page: Page) => video(page).evaluate((element: HTMLVideoElement) => element.currentTime);

test("from the first sign-in to a finished course that the admin sees", async ({ browser }) => {
  test.setTimeout(240_000);
  const admin = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  const learner = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  const complaints = [complaintsOf(admin), complaintsOf(learner)];

  await test.step("an owner signs in by the code in the mail", async () => {
    await admin.goto("/sign-in");
    await expectGoodPage(admin);
    await signInByCode(admin, "amara@sidecar.test");
    await admin.waitForURL("**/o/northwind/admin");
    await expectGoodPage(admin);
  });

  await test.step("creates a course with a thumbnail", async () => {
    await admin.goto("/o/northwind/admin/courses");
    await expectGoodPage(admin);
    await admin.getByRole("link", { name: "New course" }).first().click();
    await admin.getByLabel("Title").fill(title);
    await expectGoodPage(admin);
    await admin.getByRole("button", { name: "Create draft" }).click();
    await admin.waitForURL(/\/admin\/courses\/[\w-]{20,}$/);
    await admin.getByLabel("Summary").fill("What a new colleague does in the first five days.");
    await admin.locator("input[type=file]").first().setInputFiles(THUMBNAIL);
    await expect(admin.getByRole("group", { name: /Thumbnail/ }).getByRole("button", { name: "Replace" })).toBeVisible();
    await save(admin);
    await expectGoodPage(admin);
  });

  await test.step("adds a chapter with two lessons, and moves one by the keyboard", async () => {
    await admin.getByRole("link", { name: "Curriculum" }).click();
    await admin.getByRole("button", { name: "Add the first chapter" }).click();
    await admin.getByLabel("Title of the new chapter").fill("Day one");
    await admin.getByRole("button", { name: "Add", exact: true }).click();
    await admin.getByRole("button", { name: "Done" }).click();
    await admin.getByRole("button", { name: "Add lesson" }).click();
    for (const lesson of ["Read this last", "Welcome aboard"]) {
      await admin.getByLabel("Title of the new lesson").fill(lesson);
      await admin.getByRole("button", { name: "Add", exact: true }).click();
      await expect(admin.getByRole("link", { name: lesson })).toBeVisible();
    }
    await admin.getByRole("button", { name: "Done" }).click();
    const handle = admin.getByRole("button", { name: "Move lesson Welcome aboard" });
    const order = () => admin.getByRole("list", { name: "Lessons of Day one" }).getByRole("link").allTextContents();
    await handle.focus();
    await admin.keyboard.press("Space");
    await expect(admin.getByRole("status").filter({ hasText: /Over .*2 of 2/ })).toBeAttached();
    await admin.keyboard.press("ArrowUp");
    await expect(admin.getByRole("status").filter({ hasText: /Over .*1 of 2/ })).toBeAttached();
    await admin.keyboard.press("Space");
    await expect.poll(order).toEqual(["Welcome aboard", "Read this last"]);
    await expect(admin.getByText("All changes are saved.")).toBeVisible();
    await admin.reload();
    await expect.poll(order).toEqual(["Welcome aboard", "Read this last"]);
    await expectGoodPage(admin);
  });

  await test.step("uploads a real video, and text for the other lesson", async () => {
    await admin.getByRole("link", { name: "Welcome aboard" }).click();
    await expect(admin.getByRole("group", { name: /Video/ })).toBeVisible();
    await admin.getByRole("group", { name: /Video/ }).locator("input[type=file]").setInputFiles(VIDEO);
    await expect(admin.getByRole("group", { name: /Video/ }).getByRole("button", { name: "Replace" })).toBeVisible();
    await save(admin);
    await expectGoodPage(admin);
    await admin.goBack();
    await admin.getByRole("link", { name: "Read this last" }).click();
    // The lesson before has a text field of the same name, and stays until this one is there.
    await expect(admin.getByRole("heading", { name: "Read this last" })).toBeVisible();
    await admin.getByRole("textbox", { name: "Text" }).click();
    await admin.keyboard.type("Everything else is in the handbook.");
    await save(admin);
    await admin.goBack();
  });

  await test.step("publishes, and invites a learner", async () => {
    await admin.getByRole("button", { name: "Publish" }).click();
    await expect(admin.getByText("Published", { exact: true })).toBeVisible();
    await admin.goto("/o/northwind/admin/people");
    await expectGoodPage(admin);
    await admin.getByRole("button", { name: "Invite people" }).click();
    await admin.getByLabel("Email addresses").fill(learnerAddress);
    await admin.getByRole("button", { name: "Send invitations" }).click();
    await expect(admin.getByRole("dialog").getByText(learnerAddress)).toBeVisible();
  });

  await test.step("the learner accepts the invitation from the mail", async () => {
    const mail = await nextMail(learnerAddress, /Northwind/);
    const link = /https?:\/\/\S+\/invitations\/[\w-]+/.exec(mail.text)?.[0];
    await learner.goto(link ?? "");
    await expectGoodPage(learner);
    await learner
      .getByRole("main")
      .getByRole("link", { name: /Sign in/ })
      .click();
    await signInByCode(learner, learnerAddress);
    await learner.waitForURL("**/invitations/**");
    await learner.getByLabel("Your name").fill("Nadia Haddad");
    await learner.getByRole("button", { name: "Join Northwind Academy" }).click();
    await learner.waitForURL("**/o/northwind");
    await expectGoodPage(learner);
  });

  await test.step("finds the course, enrols and watches", async () => {
    await learner.goto("/o/northwind/courses");
    await expectGoodPage(learner);
    await learner.getByRole("link", { name: new RegExp(title) }).click();
    await expect(learner.getByRole("heading", { name: title })).toBeVisible();
    await expectGoodPage(learner);
    await learner.getByRole("button", { name: "Enrol and start" }).click();
    await learner.waitForURL(/\/lessons\//);
    await expectGoodPage(learner);
    await video(learner).evaluate((element: HTMLVideoElement) => {
      element.muted = true;
      return element.play();
    });
    await expect.poll(() => currentTime(learner), { timeout: 30_000 }).toBeGreaterThan(6);
  });

  await test.step("reloads and resumes where it was", async () => {
    const reported = learner.waitForResponse((response) => response.url().endsWith("/api/progress") && response.ok());
    await video(learner).evaluate((element: HTMLVideoElement) => element.pause());
    const before = await currentTime(learner);
    await reported;
    await learner.reload();
    await expect(learner.getByText(/Resumed at/)).toBeVisible();
    expect(Math.abs((await currentTime(learner)) - before)).toBeLessThan(3);
  });

  await test.step("finishes the video, then marks the text as done", async () => {
    await video(learner).evaluate((element: HTMLVideoElement) => {
      element.muted = true;
      return element.play();
    });
    await expect.poll(() => video(learner).evaluate((element: HTMLVideoElement) => element.ended), { timeout: 60_000 }).toBe(true);
    await expect(learner.getByText("Done", { exact: true }).first()).toBeVisible();
    await learner
      .getByRole("link", { name: /Read this last/ })
      .first()
      .click();
    await expect(learner.getByRole("heading", { level: 1, name: "Read this last" })).toBeVisible();
    await learner.getByRole("button", { name: /Mark as done/ }).click();
    await expect(learner.getByRole("button", { name: /Done/ })).toBeVisible();
    await expectGoodPage(learner);
    await learner.goto("/o/northwind");
    await expect(learner.getByText(title)).toBeVisible();
    await expectGoodPage(learner);
  });

  await test.step("the admin sees it", async () => {
    await admin.goto("/o/northwind/admin/courses");
    await admin.getByRole("link", { name: title }).click();
    await admin.getByRole("link", { name: "Learners" }).click();
    const row = admin.getByRole("row").filter({ hasText: "Nadia Haddad" });
    await expect(row).toContainText("100");
    await expectGoodPage(admin);
  });

  expect(complaints).toEqual([[], []]);
});
