import { expect, test } from "vitest";
import { checkFile } from "@/components/file-uploader/engine/check-file";
import { createTransferRate, formatTimeLeft } from "@/components/file-uploader/engine/transfer-rate";

test("a file that the server would take passes, with the type that its name promises", () => {
  expect(checkFile("VIDEO", 1000, { name: "Talk.MOV", size: 1000 })).toEqual({ ok: true, contentType: "video/quicktime" });
});

test.each([
  ["a type that is not taken", { name: "a.mkv", size: 10 }, "Files named .mkv are not accepted here. Use MP4, MOV or WebM."],
  ["no ending", { name: "film", size: 10 }, "Files without an ending are not accepted here. Use MP4, MOV or WebM."],
  ["nothing in it", { name: "a.mp4", size: 0 }, "This file is empty (0 bytes). Choose another one."],
  ["too much in it", { name: "a.mp4", size: 4096 }, "This file has 4 KB; at most 1 KB are accepted here."],
])("a file with %s is refused with a sentence", (_title, file, message) => {
  expect(checkFile("VIDEO", 1024, file)).toEqual({ ok: false, message });
});

test("the rate follows the line, ignores bursts, and starts anew with a new try", () => {
  const measure = createTransferRate();
  expect(measure(0, 10_000, 0)).toEqual({ bytesPerSecond: null, secondsLeft: null });
  expect(measure(500, 10_000, 100).bytesPerSecond).toBeNull();
  expect(measure(1000, 10_000, 1000)).toEqual({ bytesPerSecond: 1000, secondsLeft: 9 });
  const slower = measure(1100, 10_000, 2000).bytesPerSecond ?? 0;
  expect(slower).toBeGreaterThan(100);
  expect(slower).toBeLessThan(1000);
  expect(measure(0, 10_000, 3000).bytesPerSecond).toBe(slower);
});

test.each([
  [2, "a few seconds left"],
  [12, "about 15 seconds left"],
  [60, "about a minute left"],
  [200, "about 4 minutes left"],
  [3600, "about an hour left"],
  [9000, "about 3 hours left"],
])("%d seconds are %s", (seconds, words) => expect(formatTimeLeft(seconds)).toBe(words));
