import { createHash } from "node:crypto";
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  UploadPartCommand,
  type CompletedPart,
  type CompleteMultipartUploadCommandInput,
  type CompleteMultipartUploadCommandOutput,
  type CreateMultipartUploadCommandInput,
  type S3Client,
} from "@aws-sdk/client-s3";
import { BUCKET, MIB, someBytes } from "./test-store.ts";

/** Two parts of the smallest size that a middle one may have, and a small last one. */
export const FIRST = someBytes(5 * MIB, 1);
export const SECOND = someBytes(5 * MIB, 2);
export const LAST = someBytes(1000, 3);

export function md5(...pieces: Buffer[]): Buffer {
  return pieces.reduce((hash, piece) => hash.update(piece), createHash("md5")).digest();
}

/** The steps of a multipart upload, in few words. */
export interface MultipartSteps {
  readonly create: (key: string, more?: Partial<CreateMultipartUploadCommandInput>) => Promise<string>;
  readonly part: (key: string, id: string, number: number, body: Buffer) => Promise<CompletedPart>;
  readonly complete: (
    key: string,
    id: string,
    parts: CompletedPart[],
    more?: Partial<CompleteMultipartUploadCommandInput>,
  ) => Promise<CompleteMultipartUploadCommandOutput>;
  readonly read: (key: string, range?: string) => Promise<Uint8Array>;
}

export function multipartSteps(s3: S3Client): MultipartSteps {
  return {
    async create(Key, more) {
      const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key, ...more }));
      return UploadId ?? "";
    },
    async part(Key, UploadId, PartNumber, Body) {
      const command = new UploadPartCommand({ Bucket: BUCKET, Key, UploadId, PartNumber, Body });
      const { ETag, ChecksumSHA256, ChecksumCRC32 } = await s3.send(command);
      return { PartNumber, ETag, ChecksumSHA256, ChecksumCRC32 };
    },
    complete(Key, UploadId, Parts, more) {
      return s3.send(new CompleteMultipartUploadCommand({ Bucket: BUCKET, Key, UploadId, MultipartUpload: { Parts }, ...more }));
    },
    async read(Key, Range) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key, Range }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    },
  };
}
