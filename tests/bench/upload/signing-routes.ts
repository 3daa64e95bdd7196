import { randomUUID } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { z } from "zod";
import { BUCKET } from "../../../scripts/local/environment.ts";
import { S3 } from "@/lib/S3Client";
import { planParts } from "@/lib/core/part-plan";

const URL_SECONDS = 360;

/** What Uppy's `signRequest` is asked for; see PresignableRequest of @uppy/aws-s3. */
const uppyRequest = z.object({
  method: z.enum(["PUT", "POST", "GET", "DELETE"]),
  key: z.string(),
  uploadId: z.string().optional(),
  partNumber: z.int().optional(),
});
type UppyRequest = z.output<typeof uppyRequest>;

function presign({ method, key: Key, uploadId: UploadId, partNumber: PartNumber }: UppyRequest): Promise<string> {
  const at = { Bucket: BUCKET, Key };
  const options = { expiresIn: URL_SECONDS };
  if (UploadId === undefined) {
    return method === "PUT"
      ? getSignedUrl(S3, new PutObjectCommand(at), options)
      : getSignedUrl(S3, new CreateMultipartUploadCommand(at), options);
  }
  if (method === "PUT") return getSignedUrl(S3, new UploadPartCommand({ ...at, UploadId, PartNumber }), options);
  if (method === "GET") return getSignedUrl(S3, new ListPartsCommand({ ...at, UploadId }), options);
  return method === "POST"
    ? getSignedUrl(S3, new CompleteMultipartUploadCommand({ ...at, UploadId }), options)
    : getSignedUrl(S3, new AbortMultipartUploadCommand({ ...at, UploadId }), options);
}

async function signForUppy(body: unknown): Promise<{ url: string }[]> {
  const requests = z.array(uppyRequest).parse(body);
  return Promise.all(requests.map(async (request) => ({ url: await presign(request) })));
}

/** All parts' addresses of one multipart upload, ahead of time and without checksums. */
async function signRaw(body: unknown): Promise<{ partSize: number; urls: string[] }> {
  const { size } = z.object({ size: z.int().positive() }).parse(body);
  const { partSize, partCount } = planParts(size);
  const at = { Bucket: BUCKET, Key: `bench/raw-${randomUUID()}` };
  const { UploadId } = await S3.send(new CreateMultipartUploadCommand(at));
  const urls: string[] = [];
  for (let PartNumber = 1; PartNumber <= partCount; PartNumber += 1) {
    urls.push(await getSignedUrl(S3, new UploadPartCommand({ ...at, UploadId, PartNumber }), { expiresIn: URL_SECONDS }));
  }
  return { partSize, urls };
}

/** Of the other contestants, by path. */
export const signingRoutes: Record<string, (body: unknown) => Promise<unknown>> = {
  "/bench/uppy/sign": signForUppy,
  "/bench/raw/sign": signRaw,
};
