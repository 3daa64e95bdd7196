import "server-only";
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

/**
 * A short-lived address of one file. The caller has checked that its person may read it. Attachments are always downloads, so that
 * nothing that was uploaded runs in a page.
 */
export async function signMediaUrl(
  file: Pick<MediaFileRow, "fileKey" | "fileName" | "kind" | "declaredType" | "verifiedType">,
  { expiresInSeconds, download = false }: { expiresInSeconds: number; download?: boolean },
): Promise<{ url: string; expiresAt: Date }> {
  const asDownload = download || file.kind === "ATTACHMENT";
  const url = await presignGet({
    key: file.fileKey,
    contentType: deliveredType(file),
    contentDisposition: contentDisposition(asDownload ? "attachment" : "inline", file.fileName),
    expiresInSeconds,
  });
  return { url, expiresAt: fromNow(expiresInSeconds * 1000) };
}

/** A file for its editor: with its public address, or one to preview it. */
export async function mediaView(file: MediaFileRow): Promise<MediaView> {
  const { id, kind, fileName, fileKey, durationMs } = file;
  const url = isPublicKind(kind) ? constructUrl(fileKey) : (await signMediaUrl(file, { expiresInSeconds: PREVIEW_SECONDS })).url;
  return { id, kind, fileName, fileKey, durationMs, url, bytes: Number(file.bytes), contentType: deliveredType(file) };
}
