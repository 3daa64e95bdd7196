import "server-only";
import { signCdnUrl } from "../clients/cdn";
import { presignGet } from "../clients/object-store";
import { mainPlace, type StorePlace } from "../clients/store-place";
import { fromNow } from "../core/clock";
import { contentDisposition } from "../core/content-disposition";
import { pickVariant } from "../core/pick-variant";
import type { MediaFileRow } from "../data/media-file";
import type { RemovedFileRow } from "../data/media-release";
import type { RemovedFile } from "../schemas/deleted-content";
import { isAtHand } from "../policies/media-tier-policy";
import { isPictureKind, isPublicKind, type MediaView, type PictureVariant } from "../schemas/media";
import type { Picture } from "../schemas/picture";
import { findPublicUrls, findReadPlaces, type PublicUrls } from "./failover-service";

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

type Deliverable = Pick<MediaFileRow, "fileKey" | "fileName" | "kind" | "declaredType" | "verifiedType" | "store">;
type Signing = { expiresInSeconds: number; download?: boolean };

async function signAt(place: StorePlace, file: Deliverable, options: Signing): Promise<{ url: string; expiresAt: Date }> {
  const expiresInSeconds = Math.min(options.expiresInSeconds, LONGEST);
  const expiresAt = fromNow(expiresInSeconds * 1000);
  const asDownload = (options.download ?? false) || file.kind === "ATTACHMENT";
  const contentType = deliveredType(file);
  // The network stands before the main bucket, and knows only the headers that the object was stored with.
  const asStored = !asDownload && contentType === file.declaredType && place === mainPlace;
  const url =
    (asStored ? signCdnUrl(file.fileKey, expiresAt) : null) ??
    (await presignGet(
      {
        key: file.fileKey,
        contentType,
        contentDisposition: contentDisposition(asDownload ? "attachment" : "inline", file.fileName),
        expiresInSeconds,
      },
      place,
    ));
  return { url, expiresAt };
}

/**
 * A short-lived address of one file: at the content delivery network where there is one, else at the bucket; at the replica while the main
 * bucket does not answer. The caller has checked that its person may read the file. Attachments are always downloads, so that nothing
 * that was uploaded runs in a page.
 *
 * @param options.expiresInSeconds at most four hours
 * @param options.doubt an address that was given before could not be read just now
 */
export async function signMediaUrl(file: Deliverable, options: Signing & { doubt?: boolean }): Promise<{ url: string; expiresAt: Date }> {
  const placeOf = await findReadPlaces([file], options);
  return signAt(placeOf(file), file, options);
}

type Picturesque = Pick<MediaFileRow, "fileKey" | "fileName" | "kind" | "declaredType" | "verifiedType" | "store" | "derived">;

/** Addresses of a picture's sizes, the smallest first: public ones, or signed. */
async function variantsOf(file: Picturesque): Promise<PictureVariant[]> {
  const urlOf = await findPublicUrls(file.derived);
  const made = { fileName: file.fileName, kind: file.kind, declaredType: "image/webp", verifiedType: "image/webp" };
  return Promise.all(
    file.derived.map(async ({ fileKey, store, width, height }) => ({
      url:
        (isPublicKind(file.kind) && urlOf({ store, fileKey })) ||
        (await signMediaUrl({ ...made, fileKey, store }, { expiresInSeconds: PREVIEW_SECONDS })).url,
      width: width ?? 0,
      height: height ?? 0,
    })),
  );
}

/**
 * A file for its editor, with an address to look at it: of a picture its sizes, of others (and of pictures without) the file itself,
 * unless that is in cold storage and can't be read.
 */
export async function mediaView(file: MediaFileRow): Promise<MediaView> {
  const { id, kind, fileName, fileKey, durationMs, blurDataUrl } = file;
  const variants = isPictureKind(kind) ? await variantsOf(file) : [];
  const signed = isAtHand(file) ? (await signMediaUrl(file, { expiresInSeconds: PREVIEW_SECONDS })).url : null;
  const url = variants.at(-1)?.url ?? signed;
  const contentType = deliveredType(file);
  return { id, kind, fileName, fileKey, durationMs, url, bytes: Number(file.bytes), contentType, variants, blurDataUrl };
}

/** Files that were removed, as the form that had them offers to put them back. */
export function removedFileViews(files: readonly RemovedFileRow[]): Promise<RemovedFile[]> {
  return Promise.all(files.map(async (file) => ({ ...(await mediaView(file)), keptUntil: file.purgeAfter ?? new Date() })));
}

type PublicPicture = Pick<MediaFileRow, "blurDataUrl" | "derived">;

/** Where the pictures of a page are read now: for `pictureView`, once for all of them. */
export function findPictureUrls(files: readonly (PublicPicture | null)[]): Promise<PublicUrls> {
  return findPublicUrls(files.flatMap((file) => file?.derived ?? []));
}

/**
 * A public picture for pages that list it. Null without one, and for one whose sizes were not made.
 *
 * @param file a THUMBNAIL or AVATAR: others have no public address
 * @param urlOf by `findPictureUrls`
 */
export function pictureView(file: PublicPicture | null, urlOf: PublicUrls): Picture | null {
  const variants = (file?.derived ?? []).flatMap(({ width, height, ...object }) => {
    const url = urlOf(object);
    return url === null ? [] : { url, width, height };
  });
  const largest = variants.at(-1);
  if (!file || !largest?.width || !largest.height) return null;
  const srcSet = variants.map(({ url, width }) => `${url} ${width}w`).join(", ");
  return { url: largest.url, srcSet, width: largest.width, height: largest.height, blurDataUrl: file.blurDataUrl };
}

/** A signed address of a private picture, in the smallest size that has this width. Null without one. The caller has checked who asks. */
export async function signPicture(file: Picturesque | null, options: { width: number; expiresInSeconds: number }): Promise<string | null> {
  if (!file) return null;
  const made = pickVariant(file.derived, options.width);
  const object = made
    ? { ...file, fileKey: made.fileKey, store: made.store, declaredType: "image/webp", verifiedType: "image/webp" }
    : file;
  return (await signMediaUrl(object, options)).url;
}
