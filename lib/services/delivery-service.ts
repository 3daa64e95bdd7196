import "server-only";
import { signCdnUrl } from "../clients/cdn";
import { presignGet } from "../clients/object-store";
import { fromNow } from "../core/clock";
import { contentDisposition } from "../core/content-disposition";
import { constructUrl } from "../core/public-url";
import type { MediaFileRow } from "../data/media-file";
import { isPublicKind, type MediaView } from "../schemas/media";

/** Long enough to look at what was uploaded; seconds. */
const PREVIEW_SECONDS = 15 * 60;

/**
 * The type that a file is answered with: what its bytes were found to be. QuickTime files that were accepted hold what MP4 may hold,
 * and several browsers play them only under that name.
 */
function deliveredType(file: Pick<MediaFileRow, "declaredType" | "verifiedType">): string {
  const type = file.verifiedType ?? file.declaredType;
  return type === "video/quicktime" ? "video/mp4" : type;
}

/** The longest life of a signed address; seconds. */
const LONGEST = 4 * 60 * 60;

/**
 * A short-lived address of one file: at the content delivery network where there is one, else at the bucket. The caller has checked
 * that its person may read the file. Attachments are always downloads, so that nothing that was uploaded runs in a page.
 *
 * @param options.expiresInSeconds at most four hours
 */
export async function signMediaUrl(
  file: Pick<MediaFileRow, "fileKey" | "fileName" | "kind" | "declaredType" | "verifiedType">,
  options: { expiresInSeconds: number; download?: boolean },
): Promise<{ url: string; expiresAt: Date }> {
  const expiresInSeconds = Math.min(options.expiresInSeconds, LONGEST);
  const expiresAt = fromNow(expiresInSeconds * 1000);
  const asDownload = (options.download ?? false) || file.kind === "ATTACHMENT";
  const contentType = deliveredType(file);
  // The network knows only the headers that the object was stored with.
  const asStored = !asDownload && contentType === file.declaredType;
  const url =
    (asStored ? signCdnUrl(file.fileKey, expiresAt) : null) ??
    (await presignGet({
      key: file.fileKey,
      contentType,
      contentDisposition: contentDisposition(asDownload ? "attachment" : "inline", file.fileName),
      expiresInSeconds,
    }));
  return { url, expiresAt };
}

/** A file for its editor: with its public address, or one to preview it. */
export async function mediaView(file: MediaFileRow): Promise<MediaView> {
  const { id, kind, fileName, fileKey, durationMs } = file;
  const url = isPublicKind(kind) ? constructUrl(fileKey) : (await signMediaUrl(file, { expiresInSeconds: PREVIEW_SECONDS })).url;
  return { id, kind, fileName, fileKey, durationMs, url, bytes: Number(file.bytes), contentType: deliveredType(file) };
}
