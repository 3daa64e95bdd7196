import "server-only";
import sharp from "sharp";
import { MAX_PIXELS, MAX_SIDE, pictureWork } from "../picture-work";
import { refuse, type ByteSource, type Inspection } from "./inspection";

/** The picture's size as it is shown, and a decoding of the whole of it. */
async function decode(bytes: Uint8Array): Promise<{ width: number; height: number; tooLarge: boolean }> {
  const { width, height } = (await sharp(bytes, { limitInputPixels: false }).metadata()).autoOrient;
  const tooLarge = width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS;
  if (!tooLarge)
    await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "truncated" }).resize(32, 32, { fit: "inside" }).raw().toBuffer();
  return { width, height, tooLarge };
}

/** Decodes an image as a whole, at a small size: what can't be shown, or would need too much memory to show, is refused. */
export async function inspectImage(source: ByteSource, verifiedType: string): Promise<Inspection> {
  const bytes = await source.read(0, source.size);
  try {
    const { width, height, tooLarge } = await pictureWork(() => decode(bytes));
    if (tooLarge) {
      return refuse(
        "TOO_MANY_PIXELS",
        `This image measures ${width} by ${height} pixels. Use at most ${MAX_SIDE} a side and ${MAX_PIXELS / 1_000_000} megapixels.`,
      );
    }
    return { ok: true, verifiedType, width, height };
  } catch (error) {
    // sharp throws plain errors for every defect of the input; reading the bytes is outside.
    if (error instanceof Error) return refuse("DAMAGED", "This image is damaged or incomplete. Export it again and upload the new file.");
    throw error;
  }
}
