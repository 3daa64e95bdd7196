import "server-only";
import { S3Client } from "@aws-sdk/client-s3";
import { env } from "./env";

/**
 * The bucket's client: Tigris, R2, AWS or the embedded store, whatever AWS_ENDPOINT_URL_S3 names.
 *
 * WHEN_REQUIRED: the SDK would otherwise sign the CRC32 of an empty body into every presigned PUT, which no browser upload matches.
 */
export const S3 = new S3Client({
  region: env.AWS_REGION,
  endpoint: env.AWS_ENDPOINT_URL_S3,
  forcePathStyle: env.S3_FORCE_PATH_STYLE,
  credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY },
  requestChecksumCalculation: "WHEN_REQUIRED",
  responseChecksumValidation: "WHEN_REQUIRED",
});
