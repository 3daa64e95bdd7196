/** What the beginning of a picture says of it. */
export type PictureHeader = {
  type: "image/jpeg" | "image/png" | "image/webp";
  /** Pixels as stored: a picture that is turned by its EXIF has them the other way round when it is shown */
  width: number;
  height: number;
  /** Has several frames */
  animated: boolean;
  /** May be seen through */
  transparent: boolean;
};

const textAt = (view: DataView, offset: number) =>
  String.fromCharCode(view.getUint8(offset), view.getUint8(offset + 1), view.getUint8(offset + 2), view.getUint8(offset + 3));

/** PNG 3, 5.6: what tells of animation and transparency comes before the first IDAT. */
function readPng(view: DataView): PictureHeader {
  const colourType = view.getUint8(25);
  const header = { type: "image/png" as const, width: view.getUint32(16), height: view.getUint32(20) };
  let animated = false;
  let transparent = (colourType & 4) !== 0;
  for (let offset = 8; ; offset += 12 + view.getUint32(offset)) {
    const chunk = textAt(view, offset + 4);
    if (chunk === "IDAT" || chunk === "IEND") return { ...header, animated, transparent };
    if (chunk === "acTL") animated = true;
    if (chunk === "tRNS") transparent = true;
  }
}

/** ITU T.81, B.1.1.3: the frame header is any of SOF0 to SOF15; DHT, JPG and DAC lie among their numbers. */
function readJpeg(view: DataView): PictureHeader {
  let offset = 2;
  for (;;) {
    const marker = view.getUint8(offset + 1);
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const [height, width] = [view.getUint16(offset + 5), view.getUint16(offset + 7)];
      return { type: "image/jpeg", width, height, animated: false, transparent: false };
    }
    offset += 2 + view.getUint16(offset + 2);
  }
}

const uint24 = (view: DataView, offset: number) => view.getUint16(offset, true) + (view.getUint8(offset + 2) << 16);

/** RFC 9649: extended, lossless or lossy, by the first chunk. */
function readWebp(view: DataView): PictureHeader | null {
  const type = "image/webp";
  const chunk = textAt(view, 12);
  if (chunk === "VP8X") {
    const flags = view.getUint8(20);
    const [width, height] = [uint24(view, 24) + 1, uint24(view, 27) + 1];
    return { type, width, height, animated: (flags & 0x02) !== 0, transparent: (flags & 0x10) !== 0 };
  }
  if (chunk === "VP8L") {
    const bits = view.getUint32(21, true);
    const [width, height] = [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    return { type, width, height, animated: false, transparent: ((bits >>> 28) & 1) === 1 };
  }
  if (chunk !== "VP8 ") return null;
  const [width, height] = [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  return { type, width, height, animated: false, transparent: false };
}

/**
 * Reads what a JPEG, PNG or WebP says of itself. Its content counts, not its name.
 *
 * @param bytes the file's beginning; metadata may put the size of a JPEG hundreds of kilobytes into it
 * @returns null when it is something else, or the size does not come within these bytes
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (view.getUint32(0) === 0x89504e47) return readPng(view);
    if (view.getUint16(0) === 0xffd8) return readJpeg(view);
    if (textAt(view, 0) === "RIFF" && textAt(view, 8) === "WEBP") return readWebp(view);
    return null;
  } catch (error) {
    // A DataView throws this one where its bytes end.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
