import "server-only";
import sharp, { type Sharp } from "sharp";
import { MAX_PIXELS, pictureWork } from "./picture-work";

/** Widths of a picture; sides of one that is set into a square. Pixels. */
const WIDTHS = [320, 640, 960, 1600];
const SIDES = [64, 128, 256];

const CLEAR = { r: 0, g: 0, b: 0, alpha: 0 };

/** One size of a picture, as WebP without metadata. */
export type EncodedVariant = { width: number; height: number; bytes: Uint8Array };

/** The sizes of a picture, the smallest first and at least one, and a data URL of a few hundred characters to show before. */
export type PictureVariants = { variants: EncodedVariant[]; blurDataUrl: string };

/** The sizes up to what the picture has, which is itself the largest: nothing is enlarged. */
function sizesUpTo(available: number, sizes: readonly number[]): number[] {
  const largest = Math.min(available, Math.max(...sizes));
  return [...sizes.filter((size) => size < largest), largest];
}

/** A tiny copy. Of a picture with transparent parts it is transparent, since it stays visible behind them. */
async function blurOf(picture: Sharp): Promise<string> {
  const { isOpaque } = await picture.clone().stats();
  const tiny = isOpaque
    ? picture.clone().resize(16, 16, { fit: "inside" })
    : sharp({ create: { width: 1, height: 1, channels: 4, background: CLEAR } });
  return `data:image/webp;base64,${(await tiny.webp({ quality: 40, effort: 6 }).toBuffer()).toString("base64")}`;
}

async function encode(input: Uint8Array, shape: "whole" | "square"): Promise<PictureVariants> {
  const original = sharp(input, { limitInputPixels: MAX_PIXELS, failOn: "truncated" }).autoOrient();
  const { autoOrient } = await original.metadata();
  const square = shape === "square";
  const sizes = sizesUpTo(square ? Math.max(autoOrient.width, autoOrient.height) : autoOrient.width, square ? SIDES : WIDTHS);
  const largest = sizes.at(-1);
  // Decoded once, at the largest size that is needed; the others are made of that.
  const { data, info } = await original
    .resize({ width: largest, height: square ? largest : undefined, fit: square ? "contain" : "inside", background: CLEAR })
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const picture = sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
  const variants: EncodedVariant[] = [];
  for (const width of sizes) {
    const made = await picture.clone().resize({ width }).webp({ quality: 80, effort: 4 }).toBuffer({ resolveWithObject: true });
    variants.push({ width: made.info.width, height: made.info.height, bytes: new Uint8Array(made.data) });
  }
  return { variants, blurDataUrl: await blurOf(picture) };
}

/**
 * Makes the sizes in which a picture is shown: upright as its EXIF says, in sRGB, its transparency kept, of an animation the first
 * frame, without any metadata.
 *
 * @param input a picture that was inspected: a damaged one, or one above MAX_PIXELS, throws sharp's own error
 * @param shape `square` sets the whole picture into the middle of one, with nothing above and below or beside it
 */
export function makeVariants(input: Uint8Array, shape: "whole" | "square"): Promise<PictureVariants> {
  return pictureWork(() => encode(input, shape));
}
