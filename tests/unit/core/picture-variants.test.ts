import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { variantKey } from "@/lib/core/object-key";
import { makeVariants } from "@/lib/core/picture-variants";
import { seededRandom } from "../../support/seeded-random";

type Colour = { r: number; g: number; b: number; alpha?: number };
const red = { r: 220, g: 20, b: 30 };
const blue = { r: 20, g: 40, b: 210 };

const plain = (width: number, height: number, background: Colour = red) =>
  sharp({ create: { width, height, channels: background.alpha === undefined ? 3 : 4, background } });

/** Red on the left, blue on the right. */
const halves = (width: number, height: number) =>
  plain(width, height).composite([
    { input: { create: { width: width / 2, height, channels: 3, background: blue } }, left: width / 2, top: 0 },
  ]);

function noise(width: number, height: number) {
  const random = seededRandom(7);
  const data = Buffer.from(Array.from({ length: width * height * 3 }, () => Math.floor(random() * 256)));
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function colourAt(picture: Uint8Array, left: number, top: number) {
  const { data, info } = await sharp(picture).extract({ left, top, width: 1, height: 1 }).raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray(0, info.channels)];
}
const near = (colour: Colour) => [colour.r, colour.g, colour.b].map((value) => expect.closeTo(value, -1) as number);

const sizes = async (input: Promise<Buffer>, shape: "whole" | "square" = "whole") =>
  (await makeVariants(await input, shape)).variants.map(({ width, height }) => [width, height]);

describe("the sizes of a picture", () => {
  test("go from 320 to 1600 pixels of width, and stop at what the picture has", async () => {
    expect(await sizes(plain(4000, 2250).jpeg().toBuffer())).toEqual([
      [320, 180],
      [640, 360],
      [960, 540],
      [1600, 900],
    ]);
    expect(await sizes(plain(700, 350).png().toBuffer())).toEqual([
      [320, 160],
      [640, 320],
      [700, 350],
    ]);
  });

  test("of a tiny picture are the picture itself, never enlarged", async () => {
    expect(await sizes(plain(1, 1).png().toBuffer())).toEqual([[1, 1]]);
    expect(await sizes(plain(5, 3).png().toBuffer(), "square")).toEqual([[5, 5]]);
    expect(await sizes(plain(10_000, 1).png().toBuffer())).toContainEqual([1600, 1]);
  });

  test("of a logo are squares that show all of it, with nothing above and below", async () => {
    const { variants } = await makeVariants(await halves(800, 200).png().toBuffer(), "square");
    expect(variants.map(({ width, height }) => [width, height])).toEqual([
      [64, 64],
      [128, 128],
      [256, 256],
    ]);
    const last = variants.at(-1)?.bytes ?? new Uint8Array();
    expect(await colourAt(last, 8, 128)).toEqual([...near(red), 255]);
    expect(await colourAt(last, 248, 128)).toEqual([...near(blue), 255]);
    for (const top of [8, 248]) expect((await colourAt(last, 128, top))[3]).toBe(0);
  });

  test("are the same bytes each time, so that making them again replaces them", async () => {
    const input = await noise(400, 300).jpeg().toBuffer();
    expect(await makeVariants(input, "whole")).toEqual(await makeVariants(input, "whole"));
  });
});

describe("what is in them", () => {
  test("a photograph of a telephone held upright stands upright, and its orientation is not said twice", async () => {
    const input = await sharp(await halves(800, 400).jpeg({ quality: 95 }).toBuffer())
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { variants } = await makeVariants(input, "whole");
    const last = variants.at(-1);
    expect([last?.width, last?.height]).toEqual([400, 800]);
    const bytes = last?.bytes ?? new Uint8Array();
    expect((await sharp(bytes).metadata()).orientation).toBeUndefined();
    expect(await colourAt(bytes, 200, 100)).toEqual(near(red));
    expect(await colourAt(bytes, 200, 700)).toEqual(near(blue));
  });

  test("where and with what it was taken is gone", async () => {
    const input = await plain(800, 450)
      .jpeg()
      .withExif({ IFD0: { Model: "Camera of the author" }, IFD3: { GPSLatitude: "52/1 30/1 0/1", GPSLatitudeRef: "N" } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
      .toBuffer();
    expect(input.includes("Camera of the author")).toBe(true);
    const { variants, blurDataUrl } = await makeVariants(input, "whole");
    for (const bytes of [...variants.map((variant) => variant.bytes), Buffer.from(blurDataUrl.split(",")[1] ?? "", "base64")]) {
      const { exif, xmp, icc, iptc } = await sharp(bytes).metadata();
      expect({ exif, xmp, icc, iptc }).toEqual({ exif: undefined, xmp: undefined, icc: undefined, iptc: undefined });
      expect(Buffer.from(bytes).includes("Camera of the author")).toBe(false);
    }
  });

  test("transparent parts stay transparent, and nothing shines through them while they load", async () => {
    const input = await plain(400, 400, { ...red, alpha: 0 })
      .composite([{ input: { create: { width: 200, height: 400, channels: 4, background: { ...blue, alpha: 1 } } }, left: 200, top: 0 }])
      .png()
      .toBuffer();
    const { variants, blurDataUrl } = await makeVariants(input, "whole");
    const first = variants[0]?.bytes ?? new Uint8Array();
    expect((await colourAt(first, 40, 100))[3]).toBe(0);
    expect((await colourAt(first, 280, 100))[3]).toBe(255);
    const before = await sharp(Buffer.from(blurDataUrl.split(",")[1] ?? "", "base64")).stats();
    expect(before.channels[3]?.max).toBe(0);
  });

  test("of an animation the first frame, still", async () => {
    const frames = Buffer.concat([await plain(320, 180).raw().toBuffer(), await plain(320, 180, blue).raw().toBuffer()]);
    const input = await sharp(frames, { raw: { width: 320, height: 360, channels: 3, pageHeight: 180 } })
      .webp({ delay: [50, 50], loop: 0 })
      .toBuffer();
    expect((await sharp(input).metadata()).pages).toBe(2);
    const { variants } = await makeVariants(input, "whole");
    expect(variants.map(({ width, height }) => [width, height])).toEqual([[320, 180]]);
    const bytes = variants[0]?.bytes ?? new Uint8Array();
    expect((await sharp(bytes).metadata()).pages ?? 1).toBe(1);
    expect(await colourAt(bytes, 160, 90)).toEqual(near(red));
  });

  test("greys, 16 bits a channel and print colours become sRGB", async () => {
    const inputs = [
      plain(400, 300).toColourspace("b-w").png(),
      plain(400, 300).toColourspace("rgb16").png(),
      plain(400, 300).toColourspace("cmyk").jpeg(),
    ];
    for (const input of inputs) {
      const { variants } = await makeVariants(await input.toBuffer(), "whole");
      expect(await sharp(variants[0]?.bytes).metadata()).toMatchObject({ space: "srgb", format: "webp", width: 320 });
    }
  });

  test("the copy to show before is at most 16 pixels and some hundred characters", async () => {
    const { blurDataUrl } = await makeVariants(await noise(640, 360).png().toBuffer(), "whole");
    expect(blurDataUrl).toMatch(/^data:image\/webp;base64,[A-Za-z0-9+/]+=*$/);
    expect(blurDataUrl.length).toBeLessThanOrEqual(500);
    expect(await sharp(Buffer.from(blurDataUrl.split(",")[1] ?? "", "base64")).metadata()).toMatchObject({ width: 16, height: 9 });
  });
});

describe("what needs too much memory", () => {
  test("is never decoded: a small file that says it has more than 60 megapixels is refused at its head", async () => {
    const input = await plain(9000, 9000).png({ compressionLevel: 9 }).toBuffer();
    expect(input.length).toBeLessThan(1_000_000);
    await expect(makeVariants(input, "whole")).rejects.toThrow(/pixel limit/i);
  });
});

describe("their keys", () => {
  const original = "organizations/acme/private/thumbnail/0199.jpg";
  test("lie beside the original's, in the public part or the private one, and name the width", () => {
    expect(variantKey(original, { access: "public", width: 640 })).toBe("organizations/acme/public/thumbnail/0199-w640.webp");
    expect(variantKey("organizations/acme/public/poster/0199.png", { access: "private", width: 320 })).toBe(
      "organizations/acme/private/poster/0199-w320.webp",
    );
  });
  test("are made of no other key", () => {
    expect(() => variantKey("somewhere/else.jpg", { access: "public", width: 640 })).toThrow("no key of this house");
  });
});
