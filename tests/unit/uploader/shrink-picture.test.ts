import sharp, { type Sharp } from "sharp";
import { expect, test, vi } from "vitest";
import { readPictureHeader } from "@/components/file-uploader/engine/picture-header";
import { largestChoice, pictureLimits, sizeWithin } from "@/components/file-uploader/engine/picture-limits";
import { shrinkPicture } from "@/components/file-uploader/engine/shrink-picture";
import { redrawBySharp as redraw } from "../../support/redraw";

const MB = 1024 * 1024;
const limits = { maxSide: 2560, side: "longer", maxBytes: 10 * MB } as const;
const going = new AbortController().signal;

function picture(width: number, height: number, channels: 3 | 4 = 3): Sharp {
  return sharp({ create: { width, height, channels, background: { r: 40, g: 90, b: 160, alpha: 0.5 } } });
}

async function fileOf(made: Sharp, name: string): Promise<File> {
  return new File([new Uint8Array(await made.toBuffer())], name, { lastModified: 1_700_000_000_000 });
}

test("a picture that is too wide comes out smaller, as a WebP of the same name and time", async () => {
  const file = await fileOf(picture(3000, 1500).jpeg(), "On the quay.v2.JPG");
  const sent = await shrinkPicture(file, limits, redraw, going);
  expect(sent).toMatchObject({ name: "On the quay.v2.webp", type: "image/webp", lastModified: file.lastModified });
  expect(sent.size).toBeLessThan(file.size);
  expect(await sharp(new Uint8Array(await sent.arrayBuffer())).metadata()).toMatchObject({ format: "webp", width: 2560, height: 1280 });
});

test("a picture within the limits is sent as it is, without being decoded", async () => {
  const file = await fileOf(picture(2560, 1440).jpeg(), "a.jpg");
  const never = vi.fn(redraw);
  expect(await shrinkPicture(file, limits, never, going)).toBe(file);
  expect(never).not.toHaveBeenCalled();
});

test("a picture with too many bytes is drawn anew at its own size", async () => {
  const file = await fileOf(picture(800, 600).png({ compressionLevel: 0 }), "a.png");
  const sent = await shrinkPicture(file, { ...limits, maxBytes: 100_000 }, redraw, going);
  expect(sent.size).toBeLessThan(100_000);
  expect(await sharp(new Uint8Array(await sent.arrayBuffer())).metadata()).toMatchObject({ width: 800, height: 600 });
});

test.each([
  ["would not become smaller", async () => new Blob([new Uint8Array(20 * MB)], { type: "image/webp" })],
  ["came out as something that is no picture", async () => new Blob(["x"], { type: "text/plain" })],
  [
    "can't be decoded",
    async () => {
      throw new Error("InvalidStateError");
    },
  ],
])("a picture that %s is sent as it is: the server says what is wrong", async (_title, answer) => {
  const file = await fileOf(picture(3000, 1500).jpeg(), "a.jpg");
  expect(await shrinkPicture(file, limits, answer, going)).toBe(file);
});

test("what moves, what is no picture of ours and what is too much for a page is not touched", async () => {
  const never = vi.fn(redraw);
  const frames = Buffer.alloc(3000 * 8 * 3 * 2).fill(200, 3000 * 8 * 3);
  const moving = sharp(frames, { raw: { width: 3000, height: 16, channels: 3, pageHeight: 8 } }).webp({ loop: 0 });
  const gif = await fileOf(picture(3000, 8).gif(), "a.png");
  const text = new File(["no picture".repeat(100)], "a.jpg");
  const tooHeavy = new File([await fileOf(picture(3000, 8).png(), "a.png"), new Uint8Array(100 * MB)], "a.png");
  for (const file of [await fileOf(moving, "a.webp"), gif, text, tooHeavy])
    expect(await shrinkPicture(file, { ...limits, maxBytes: 10 }, never, going)).toBe(file);
  const tooManyPixels = await picture(3000, 3000).png().toBuffer();
  tooManyPixels.writeUInt32BE(60_000, 16);
  const bomb = new File([new Uint8Array(tooManyPixels)], "a.png");
  expect(await shrinkPicture(bomb, limits, never, going)).toBe(bomb);
  expect(never).not.toHaveBeenCalled();
});

test("giving up while a picture is drawn ends it", async () => {
  const file = await fileOf(picture(3000, 1500).jpeg(), "a.jpg");
  const stop = new AbortController();
  const stopped = shrinkPicture(
    file,
    limits,
    async (_blob, _plan, signal) => {
      stop.abort();
      signal.throwIfAborted();
      return new Blob();
    },
    stop.signal,
  );
  await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
});

test.each([
  ["a JPEG", picture(300, 200).jpeg(), { type: "image/jpeg", animated: false, transparent: false }],
  ["a progressive JPEG", picture(300, 200).jpeg({ progressive: true }), { type: "image/jpeg" }],
  ["a JPEG with metadata", picture(300, 200).jpeg().withMetadata({ orientation: 6 }), { type: "image/jpeg" }],
  ["a PNG", picture(300, 200).png(), { type: "image/png", animated: false, transparent: false }],
  ["a PNG with transparency", picture(300, 200, 4).png(), { type: "image/png", transparent: true }],
  ["a PNG with a palette and transparency", picture(300, 200, 4).png({ palette: true }), { type: "image/png", transparent: true }],
  ["a lossy WebP", picture(300, 200).webp(), { type: "image/webp", animated: false, transparent: false }],
  ["a lossy WebP with transparency", picture(300, 200, 4).webp(), { type: "image/webp", transparent: true }],
  ["a lossless WebP", picture(300, 200).webp({ lossless: true }), { type: "image/webp", animated: false, transparent: false }],
  ["a lossless WebP with transparency", picture(300, 200, 4).webp({ lossless: true }), { type: "image/webp", transparent: true }],
])("the beginning of %s says what it is", async (_title, made, expected) => {
  const bytes = new Uint8Array(await made.toBuffer());
  expect(readPictureHeader(bytes)).toMatchObject({ width: 300, height: 200, ...expected });
});

test("an animated PNG is known by its control chunk", async () => {
  const png = await picture(30, 20).png().toBuffer();
  const control = Buffer.alloc(20);
  control.writeUInt32BE(8);
  control.write("acTL", 4, "latin1");
  const animated = Buffer.concat([png.subarray(0, 33), control, png.subarray(33)]);
  expect(readPictureHeader(animated)).toMatchObject({ animated: true, width: 30, height: 20 });
});

test("a JPEG's size is found behind tables and filling bytes", async () => {
  const jpeg = await picture(300, 200).jpeg().toBuffer();
  const tables = Buffer.concat([Buffer.from([0xff, 0xff, 0xc4, 0, 19]), Buffer.alloc(17)]);
  const shifted = Buffer.concat([jpeg.subarray(0, 2), tables, jpeg.subarray(2)]);
  expect(readPictureHeader(shifted)).toMatchObject({ width: 300, height: 200 });
});

test("what ends before it says its size, at whatever byte, is not known", async () => {
  for (const made of [picture(30, 20).jpeg(), picture(30, 20).png(), picture(30, 20).webp()]) {
    const bytes = new Uint8Array(await made.toBuffer());
    for (let length = 0; length < 26; length += 1) expect(readPictureHeader(bytes.subarray(0, length))).toBeNull();
  }
});

test.each([
  ["THUMBNAIL", { width: 4000, height: 2250 }, { width: 2560, height: 1440 }],
  ["POSTER", { width: 1, height: 9000 }, { width: 1, height: 2560 }],
  ["POSTER", { width: 2560, height: 2560 }, { width: 2560, height: 2560 }],
  ["AVATAR", { width: 3000, height: 1000 }, { width: 1536, height: 512 }],
  ["AVATAR", { width: 3000, height: 500 }, { width: 3000, height: 500 }],
] as const)("a %s of %o is sent as %o", (kind, size, expected) => {
  const found = pictureLimits(kind, MB);
  expect(found && sizeWithin(size, found)).toEqual(expected);
});

test("only pictures for show are made smaller, and only they may be chosen above the limit", () => {
  expect(pictureLimits("VIDEO", MB)).toBeNull();
  expect(pictureLimits("ATTACHMENT", MB)).toBeNull();
  expect(largestChoice("ATTACHMENT", MB)).toBe(MB);
  expect(largestChoice("THUMBNAIL", MB)).toBe(100 * MB);
});
