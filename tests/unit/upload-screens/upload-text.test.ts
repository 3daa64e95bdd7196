import { expect, test } from "vitest";
import type { UploadStatus } from "@/components/file-uploader/engine/upload-item";
import { paceText, progressText } from "@/components/file-uploader/upload-text";
import { uploadItem } from "./upload-item-factory";

test.each<[UploadStatus, number | null, string]>([
  [{ name: "sending" }, null, "25 % · 25 MB of 100 MB"],
  [{ name: "paused" }, null, "Paused at 25 % · 25 MB of 100 MB"],
  [{ name: "waiting", reason: "limit", seconds: 24 }, 24, "The server asks for a pause. It goes on by itself in 24 seconds."],
  [{ name: "waiting", reason: "limit", seconds: 24 }, 1, "The server asks for a pause. It goes on by itself in 1 second."],
  [{ name: "waiting", reason: "limit", seconds: 24 }, 0, "The server asks for a pause. It goes on by itself in a moment."],
  [{ name: "preparing", comparing: true }, null, "Comparing the file with what has arrived"],
])("%o after a countdown to %s reads well", (status, seconds, words) => {
  const item = uploadItem(status, { bytesPerSecond: 4 * 1024 ** 2, secondsLeft: 19 });
  expect(progressText(item, seconds).replaceAll("\u00a0", " ")).toBe(words);
});

test("a pace stands in a line of its own, which is kept while there is none to tell, and only for files that take a while", () => {
  const pace = { bytesPerSecond: 4 * 1024 ** 2, secondsLeft: 19 };
  expect(paceText(uploadItem({ name: "sending" }, pace))).toBe("4 MB/s · about 20 seconds left");
  expect(paceText(uploadItem({ name: "sending" }))).toBe("");
  expect(paceText(uploadItem({ name: "paused" }, pace))).toBe("");
  expect(paceText(uploadItem({ name: "sending" }, { ...pace, size: 1024 }))).toBeNull();
  expect(paceText(uploadItem({ name: "checking" }, pace))).toBeNull();
});
