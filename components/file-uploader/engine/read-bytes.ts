import { unreadableFailure } from "./upload-failure";

/**
 * The bytes of a piece of a file. A file that was edited, moved or removed since it was chosen can't be read any more (File API,
 * "Reading a file": NotReadableError).
 *
 * @throws UploadFailure FILE_UNREADABLE
 */
export async function readBytes(piece: Blob): Promise<ArrayBuffer> {
  try {
    return await piece.arrayBuffer();
  } catch (error) {
    throw unreadableFailure(error);
  }
}
