import { expect, test } from "vitest";
import { checkFile } from "@/components/file-uploader/engine/check-file";
import { fileToSend } from "@/components/file-uploader/engine/file-to-send";
import { redrawBySharp } from "../../support/redraw";

const MB = 1024 * 1024;
const going = new AbortController().signal;

test("a picture above the limit may be chosen, up to what a page can shrink; other files may not", () => {
  expect(checkFile("THUMBNAIL", 10 * MB, { name: "a.jpg", size: 60 * MB })).toEqual({ ok: true, contentType: "image/jpeg" });
  const message = "This file has 101 MB; at most 10 MB are accepted here.";
  expect(checkFile("THUMBNAIL", 10 * MB, { name: "a.jpg", size: 101 * MB })).toEqual({ ok: false, message });
  expect(checkFile("ATTACHMENT", 10 * MB, { name: "a.jpg", size: 101 * MB })).toEqual({ ok: false, message });
});

test("a picture that stays above the limit is refused with its size", async () => {
  const damaged = new File([new Uint8Array(2 * MB)], "a.jpg");
  await expect(fileToSend("THUMBNAIL", MB, damaged, redrawBySharp, going)).rejects.toMatchObject({
    code: "TOO_LARGE",
    canRetry: false,
    message: "This file has 2 MB; at most 1 MB are accepted here.",
  });
});

test("an attachment is sent as it is, though it is a picture", async () => {
  const file = new File([new Uint8Array(2 * MB)], "a.jpg");
  expect(await fileToSend("ATTACHMENT", MB, file, redrawBySharp, going)).toBe(file);
});
