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
import { createMultipartUpload, presignPart } from "@/lib/clients/multipart-store";
import { partRange, planParts } from "@/lib/core/part-plan";

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

/** All parts' addresses of one multipart upload, ahead of time; with the parts' sums where they are given. */
async function signRaw(body: unknown): Promise<{ partSize: number; urls: string[] }> {
  const { size, sums } = z.object({ size: z.int().positive(), sums: z.array(z.string()).nullable() }).parse(body);
  const { partSize, partCount } = planParts(size);
  const key = `bench/raw-${randomUUID()}`;
  if (sums !== null) {
    const multipartId = await createMultipartUpload(key, { contentType: "video/mp4" });
    const signed = sums.map((sha256, index) => {
      const { start, end } = partRange(size, partSize, index + 1);
      return presignPart({ key, multipartId, partNumber: index + 1, bytes: end - start, sha256, expiresInSeconds: URL_SECONDS });
    });
    return { partSize, urls: (await Promise.all(signed)).map(({ url }) => url) };
  }
  const { UploadId: uploadId } = await S3.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key: key }));
  const numbers = Array.from({ length: partCount }, (_, index) => index + 1);
  const urls = await Promise.all(numbers.map((partNumber) => presign({ method: "PUT", key, uploadId, partNumber })));
  return { partSize, urls };
}

/** Of the other contestants, by path. */
export const signingRoutes: Record<string, (body: unknown) => Promise<unknown>> = {
  "/bench/uppy/sign": signForUppy,
  "/bench/raw/sign": signRaw,
};
