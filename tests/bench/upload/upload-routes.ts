import { randomUUID } from "node:crypto";
import { findObject } from "@/lib/clients/object-store";
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listParts,
  presignPart,
} from "@/lib/clients/multipart-store";
import { partRange, planParts } from "@/lib/core/part-plan";
import type { MediaView } from "@/lib/schemas/media";
import {
  beginUploadSchema,
  signPartsSchema,
  uploadIdSchema,
  type OwnUploads,
  type PartToSign,
  type SignedParts,
  type UploadTicket,
} from "@/lib/schemas/upload";

// The app's upload routes as the engine sees them, over the product's own doors to the store and its own schemas. What takes the
// database (who are you, quota, ledger, limits) and the look into the file are left out: a millisecond or two for each call, of which
// an upload of 1 GiB makes about ten.

const URL_SECONDS = 360;

type Upload = {
  key: string;
  multipartId: string;
  fileName: string;
  contentType: string;
  size: number;
  partSize: number;
  partCount: number;
};
const uploads = new Map<string, Upload>();

function find(mediaFileId: string): Upload {
  const upload = uploads.get(mediaFileId);
  if (!upload) throw new Error(`There is no upload ${mediaFileId}.`);
  return upload;
}

async function sign(upload: Upload, parts: readonly PartToSign[]): Promise<SignedParts> {
  const { key, multipartId, size, partSize } = upload;
  const signed = parts.map(async ({ partNumber, sha256 }) => {
    const { start, end } = partRange(size, partSize, partNumber);
    const part = { key, multipartId, partNumber, bytes: end - start, sha256, expiresInSeconds: URL_SECONDS };
    return { partNumber, ...(await presignPart(part)) };
  });
  return { signed: await Promise.all(signed), expiresInSeconds: URL_SECONDS };
}

async function begin(body: unknown): Promise<UploadTicket> {
  const { fileName, contentType, size, fingerprint = null, lastModified = null, parts } = beginUploadSchema.parse(body);
  const plan = planParts(size);
  const key = `bench/${randomUUID()}`;
  const upload = { key, multipartId: await createMultipartUpload(key, { contentType }), fileName, contentType, size, ...plan };
  const mediaFileId = randomUUID();
  uploads.set(mediaFileId, upload);
  const signed = await sign(upload, parts);
  return { mediaFileId, fileKey: key, fileName, size, ...plan, fingerprint, lastModified, arrived: [], resumed: false, ...signed };
}

async function status(body: unknown): Promise<UploadTicket> {
  const { mediaFileId } = uploadIdSchema.parse(body);
  const { key, multipartId, fileName, size, partSize, partCount } = find(mediaFileId);
  const arrived = (await listParts(key, multipartId)) ?? [];
  const known = { mediaFileId, fileKey: key, fileName, size, partSize, partCount, fingerprint: null, lastModified: null };
  return { ...known, arrived, resumed: true, signed: [], expiresInSeconds: URL_SECONDS };
}

async function complete(body: unknown): Promise<MediaView> {
  const { mediaFileId } = uploadIdSchema.parse(body);
  const { key, multipartId, fileName, size, contentType } = find(mediaFileId);
  await completeMultipartUpload(key, multipartId, (await listParts(key, multipartId)) ?? []);
  const stored = await findObject(key);
  if (stored?.bytes !== size) throw new Error(`The store has ${stored?.bytes ?? 0} bytes of ${size}.`);
  const picture = { url: null, durationMs: null, variants: [], blurDataUrl: null };
  return { id: mediaFileId, kind: "VIDEO", fileName, bytes: size, contentType, fileKey: key, ...picture };
}

async function cancel(body: unknown): Promise<null> {
  const { mediaFileId } = uploadIdSchema.parse(body);
  const { key, multipartId } = find(mediaFileId);
  await abortMultipartUpload(key, multipartId);
  return null;
}

const nothing: OwnUploads = { unfinished: [], unused: [] };

/** By path; each takes the request's parsed body and gives the answer's. */
export const uploadRoutes: Record<string, (body: unknown) => Promise<unknown>> = {
  "/api/s3/upload": begin,
  "/api/s3/sign": (body) => {
    const { mediaFileId, parts } = signPartsSchema.parse(body);
    return sign(find(mediaFileId), parts);
  },
  "/api/s3/status": status,
  "/api/s3/complete": complete,
  "/api/s3/cancel": cancel,
  "/api/s3/uploads": () => Promise.resolve(nothing),
};
