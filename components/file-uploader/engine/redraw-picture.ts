import { sizeWithin, type PictureLimits } from "./picture-limits";

export type RedrawPlan = Pick<PictureLimits, "maxSide" | "side"> & { transparent: boolean };

type Drawing = Pick<
  CanvasRenderingContext2D,
  "drawImage" | "fillRect" | "fillStyle" | "getImageData" | "imageSmoothingEnabled" | "imageSmoothingQuality"
>;

/** A canvas of a thread. */
export type Surface = {
  drawing: Drawing | null;
  /** In another format than the one that was asked for, where the browser can't make that one */
  encode: (type: string, quality: number) => Promise<Blob | null>;
};
export type MakeSurface = (width: number, height: number) => Surface;

const QUALITY = 0.86;
const PROBE = 8;

/** In a worker, or in a page. */
export const offscreenSurface: MakeSurface = (width, height) => {
  const canvas = new OffscreenCanvas(width, height);
  return { drawing: canvas.getContext("2d"), encode: (type, quality) => canvas.convertToBlob({ type, quality }) };
};

/** In a page alone. */
export const pageSurface: MakeSurface = (width, height) => {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  return {
    drawing: canvas.getContext("2d"),
    encode: (type, quality) => new Promise((resolve) => canvas.toBlob(resolve, type, quality)),
  };
};

function drawingOf({ drawing }: Surface): Drawing {
  if (!drawing) throw new Error("this browser gives no canvas of this size");
  return drawing;
}

/** Browsers that hide from trackers may give out noise for what was drawn (Firefox: privacy.resistFingerprinting). */
function assertTellsTruth(make: MakeSurface): void {
  const drawing = drawingOf(make(PROBE, PROBE));
  const colour = [200, 100, 50, 255];
  drawing.fillStyle = "rgb(200, 100, 50)";
  drawing.fillRect(0, 0, PROBE, PROBE);
  const { data } = drawing.getImageData(0, 0, PROBE, PROBE);
  if (data.some((value, index) => Math.abs(value - (colour[index % 4] ?? 0)) > 4))
    throw new Error("this browser's canvas gives out other pixels than it was given");
}

async function encode({ encode: as }: Surface, transparent: boolean): Promise<Blob> {
  const webp = await as("image/webp", QUALITY);
  const blob = webp?.type === "image/webp" || transparent ? webp : await as("image/jpeg", QUALITY);
  if (!blob) throw new Error("this browser can't encode a picture of this size");
  return blob;
}

/** Of the whole picture; only then is it known what it measures when it stands upright. */
async function decodeWithin(picture: Blob, plan: RedrawPlan): Promise<ImageBitmap> {
  const decoded = await createImageBitmap(picture, { imageOrientation: "from-image" });
  const { width, height } = sizeWithin(decoded, plan);
  if (width === decoded.width && height === decoded.height) return decoded;
  try {
    return await createImageBitmap(decoded, { resizeWidth: width, resizeHeight: height, resizeQuality: "high" });
  } finally {
    decoded.close();
  }
}

/**
 * Draws a picture anew: upright as its EXIF says, within the limits, without metadata. As WebP; where the browser can't make that,
 * as JPEG, or as PNG when it may be seen through.
 *
 * @throws DOMException when it can't be decoded; Error when this browser's canvas is of no use
 */
export async function redrawPicture(picture: Blob, plan: RedrawPlan, make: MakeSurface): Promise<Blob> {
  assertTellsTruth(make);
  const bitmap = await decodeWithin(picture, plan);
  try {
    // A browser that does not know how to resize a bitmap gave it back as it was.
    const { width, height } = sizeWithin(bitmap, plan);
    const surface = make(width, height);
    const drawing = drawingOf(surface);
    drawing.imageSmoothingEnabled = true;
    drawing.imageSmoothingQuality = "high";
    drawing.drawImage(bitmap, 0, 0, width, height);
    return await encode(surface, plan.transparent);
  } finally {
    bitmap.close();
  }
}
