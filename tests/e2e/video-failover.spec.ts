import { expect, test } from "@playwright/test";
import { z } from "zod";
import { query, signInAs } from "./support/stack";

test("a video whose storage breaks off asks once for another address, and goes on where it was", async ({ page }) => {
  await signInAs(page, "marisol@sidecar.test");
  const [lesson] = await query(
    z.object({ id: z.string() }),
    `SELECT l.id FROM "Lesson" l JOIN "Course" c ON c.id = l."courseId" WHERE l.title = 'Welcome aboard' AND c.slug = 'welcome-to-harbour-and-pine'`,
  );
  if (!lesson) throw new Error("the seed has no such lesson");

  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/media/")) asked.push(request.url());
  });
  let breakOff = (): void => undefined;
  const broken = new Promise<void>((resolve) => (breakOff = resolve));
  await page.route(/\/private\/video\/.*\.mp4\?/, async (route) => {
    if (asked.length > 0) return route.continue();
    const range = /bytes=(\d+)-/.exec(route.request().headers().range ?? "")?.[1];
    if (range !== "0") {
      // What is behind the first part is waited for, and then does not come.
      await broken;
      return asked.length > 0 ? route.continue() : route.fulfill({ status: 503 });
    }
    const whole = await (await route.fetch({ headers: {} })).body();
    const body = whole.subarray(0, Math.floor(whole.length * 0.6));
    const headers = {
      "content-type": "video/mp4",
      "accept-ranges": "bytes",
      "content-range": `bytes 0-${body.length - 1}/${whole.length}`,
    };
    return route.fulfill({ status: 206, headers, body });
  });

  await page.goto(`/o/harbour-pine/courses/welcome-to-harbour-and-pine/lessons/${lesson.id}`, { waitUntil: "domcontentloaded" });
  const video = page.locator("video");
  const state = () => video.evaluate(({ currentTime, paused, error }: HTMLVideoElement) => ({ currentTime, paused, error: error?.code }));
  await expect(page.getByRole("button", { name: "Shortcuts" })).toBeVisible();
  await video.evaluate((element: HTMLVideoElement) => {
    element.muted = true;
    return element.play();
  });
  await expect.poll(async () => (await state()).currentTime).toBeGreaterThan(2);
  const before = (await state()).currentTime;
  breakOff();
  await expect.poll(() => asked.length).toBe(1);
  expect(new URL(asked[0] ?? "").searchParams.get("failed")).toBe("1");
  await expect.poll(async () => (await state()).currentTime).toBeGreaterThan(before + 1);
  const after = await state();
  expect(after).toMatchObject({ paused: false, error: undefined });
  expect(after.currentTime).toBeLessThan(before + 10);
  expect(asked).toHaveLength(1);
});
