import { expect, test } from "vitest";
import { announce, type Said } from "@/components/file-uploader/announcements";
import type { UploadItem, UploadStatus } from "@/components/file-uploader/engine/upload-item";
import { uploadItem } from "./upload-item-factory";

const sending: UploadStatus = { name: "sending" };
const media = { id: "media-1" } as const;
const MIB = 1024 ** 2;

/** What is heard while the list goes through these states, silence left out. */
function heard(...states: UploadItem[][]): string[] {
  let said: Said = new Map();
  return states.flatMap((items) => {
    const news = announce(said, items);
    said = news.said;
    return news.text ? [news.text] : [];
  });
}

test("an upload is heard when it begins, at each quarter once, and when it ends", () => {
  const steps = Array.from({ length: 101 }, (_, percent) => [uploadItem(sending, { sent: percent * MIB })]);
  const texts = heard(
    [uploadItem({ name: "preparing", comparing: false }, { sent: 0 })],
    ...steps,
    [uploadItem({ name: "checking" }, { sent: 100 * MIB })],
    [uploadItem({ name: "failed", code: "REJECTED", message: "It contains text.", canRetry: false, kept: false })],
  );
  expect(texts).toEqual([
    "Uploading keynote.mp4.",
    "25 percent of keynote.mp4 sent.",
    "50 percent of keynote.mp4 sent.",
    "75 percent of keynote.mp4 sent.",
    "keynote.mp4 was sent and is being checked.",
    "keynote.mp4 was not uploaded. It contains text.",
  ]);
});

test("uploads that go on at once are heard in one sentence after the other", () => {
  const other = { id: "2", fileName: "intro.mp4" };
  const [, text] = heard(
    [uploadItem(sending, { sent: 0 }), uploadItem(sending, { ...other, sent: 0 })],
    [uploadItem(sending), uploadItem({ name: "paused" }, other)],
  );
  expect(text).toBe("25 percent of keynote.mp4 sent. intro.mp4 is paused.");
});

test("what is listed from earlier days is silent until something happens to it", () => {
  const unfinished = uploadItem({ name: "unfinished", keptUntil: "2026-11-30T10:00:00Z" });
  const done = uploadItem(
    {
      name: "done",
      media: {
        ...media,
        kind: "VIDEO",
        fileName: "keynote.mp4",
        bytes: 1,
        contentType: "video/mp4",
        fileKey: "k",
        url: null,
        durationMs: null,
        variants: [],
        blurDataUrl: null,
      },
    },
    { id: "2" },
  );
  expect(heard([unfinished, done], [unfinished, done])).toEqual([]);
  expect(heard([unfinished], [uploadItem(sending, { sent: 61 * MIB })])).toEqual(["50 percent of keynote.mp4 sent."]);
});

test("a lost line is said once, however often it is tried", () => {
  const offline: UploadStatus = { name: "waiting", reason: "offline", seconds: null };
  expect(heard([uploadItem(sending)], [uploadItem(offline)], [uploadItem(offline)])).toEqual([
    "Uploading keynote.mp4.",
    "No connection. keynote.mp4 goes on when it is back.",
  ]);
});

test("many uploads that do the same at once are heard in one sentence", () => {
  const all = (status: UploadStatus) => ["1", "2", "3"].map((id) => uploadItem(status, { id, fileName: `${id}.mp4`, sent: 0 }));
  const line: UploadStatus = { name: "waiting", reason: "queue", seconds: null };
  expect(heard(all(line), all(sending), all({ name: "paused" }), all({ name: "checking" }))).toEqual([
    "Uploading 3 files.",
    "3 uploads are paused.",
    "3 files were sent and are being checked.",
  ]);
});
