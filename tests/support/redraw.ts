import sharp from "sharp";
import { sizeWithin } from "@/components/file-uploader/engine/picture-limits";
import type { Redraw } from "@/components/file-uploader/engine/picture-redrawer";

/** What a browser's canvas does to a picture, done by sharp. */
export const redrawBySharp: Redraw = async (picture, plan) => {
  const image = sharp(new Uint8Array(await picture.arrayBuffer())).autoOrient();
  const { autoOrient } = await image.metadata();
  const made = await image.resize(sizeWithin(autoOrient, plan)).webp({ quality: 86 }).toBuffer();
  return new Blob([new Uint8Array(made)], { type: "image/webp" });
};
