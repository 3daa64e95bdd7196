import { expect, test } from "vitest";
import { summarise, trayItems } from "@/components/file-uploader/tray-summary";
import { uploadItem } from "./upload-item-factory";

const MIB = 1024 ** 2;
const failed = { name: "failed", code: "REJECTED", message: "", canRetry: false, kept: false } as const;
const unfinished = { name: "unfinished", keptUntil: "2026-11-30T10:00:00Z" } as const;
const text = (...items: Parameters<typeof summarise>[0][number][]) => summarise(items).text.replaceAll("\u00a0", " ");

test("progress is that of bytes, so a large file counts for more", () => {
  const large = uploadItem({ name: "sending" }, { size: 900 * MIB, sent: 600 * MIB, bytesPerSecond: 2 * MIB });
  const small = uploadItem({ name: "waiting", reason: "queue", seconds: null }, { id: "2", size: 100 * MIB, sent: 10 * MIB });
  expect(text(large, small)).toBe("2 uploads · 61 % · about 4 minutes left");
  expect(summarise([large, small])).toMatchObject({ progress: { sent: 610 * MIB, size: 1000 * MIB }, canPause: true, canResume: false });
});

test("what is paused counts in the progress, and can be gone on with when nothing else runs", () => {
  const paused = uploadItem({ name: "paused" });
  expect(text(paused)).toBe("1 upload paused · 25 %");
  expect(summarise([paused])).toMatchObject({ canPause: false, canResume: true });
});

test("what asks for its person is said beside what runs", () => {
  expect(text(uploadItem({ name: "sending" }), uploadItem(failed, { id: "2" }))).toBe("1 upload · 25 % · 1 needs attention");
  expect(text(uploadItem(unfinished))).toBe("1 unfinished upload");
  expect(summarise([uploadItem(unfinished)]).progress).toBeNull();
});

test("a page's own field has its questions; the tray has what runs, and what belongs elsewhere", () => {
  const here = "/o/northwind/admin/courses/c/lessons/l";
  const items = [uploadItem({ name: "sending" }), uploadItem(failed, { id: "2" }), uploadItem(unfinished, { id: "3", destination: null })];
  expect(trayItems(items, here).map(({ id }) => id)).toEqual(["1", "3"]);
  expect(trayItems(items, "/o/northwind/admin").map(({ id }) => id)).toEqual(["1", "2", "3"]);
});
