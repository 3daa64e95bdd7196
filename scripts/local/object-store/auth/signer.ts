import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Checksum, SourceData } from "@smithy/types";
import type { Digest } from "../body/checksum.ts";
import { S3Error } from "../s3-error.ts";

/** The one key pair that the store accepts, and optionally the one region that signatures must name. */
export interface Credentials {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region?: string | undefined;
}

/** The credential scope of a signature: day (YYYYMMDD) and region; the service is always s3. */
export interface Scope {
  readonly day: string;
  readonly region: string;
}

class Sha256 implements Checksum {
  readonly #secret: SourceData | undefined;
  #hash: Digest;

  constructor(secret?: SourceData) {
    this.#secret = secret;
    this.#hash = start(secret);
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    this.#hash = start(this.#secret);
  }
}

function start(secret: SourceData | undefined): Digest {
  return secret === undefined ? createHash("sha256") : createHmac("sha256", toBytes(secret));
}

function toBytes(data: SourceData): Uint8Array {
  if (typeof data === "string") return Buffer.from(data, "utf8");
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
}

/** The AWS SDK's own signer, set up as the SDK sets it up for S3: paths are escaped once and never normalised. */
export function createSigner(credentials: Credentials, region: string): SignatureV4 {
  return new SignatureV4({
    credentials: { accessKeyId: credentials.accessKey, secretAccessKey: credentials.secretKey },
    region,
    service: "s3",
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false,
  });
}

/**
 * Reads `<access key>/<day>/<region>/s3/aws4_request`.
 * @throws S3Error InvalidAccessKeyId for a stranger's key; `malformedCode` for a scope that isn't one of ours.
 */
export function parseCredential(
  text: string,
  credentials: Credentials,
  malformedCode: "AuthorizationHeaderMalformed" | "AuthorizationQueryParametersError",
): Scope {
  const [terminator, service, region, day, ...rest] = text.split("/").reverse();
  if (!region || !day || !/^\d{8}$/.test(day) || rest.length === 0) {
    throw new S3Error(malformedCode, "The credential is malformed; expecting <access key>/YYYYMMDD/REGION/SERVICE/aws4_request.");
  }
  if (rest.reverse().join("/") !== credentials.accessKey) {
    throw new S3Error("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.");
  }
  if (service !== "s3" || terminator !== "aws4_request") {
    throw new S3Error(malformedCode, "The credential scope must end in s3/aws4_request.");
  }
  if (credentials.region !== undefined && region !== credentials.region) {
    throw new S3Error(malformedCode, `The region '${region}' is wrong; expecting '${credentials.region}'.`, {
      details: { Region: credentials.region },
    });
  }
  return { day, region };
}

/**
 * Reads SigV4's basic ISO 8601 date (YYYYMMDDTHHMMSSZ) as a Date, or undefined when it is no such date.
 */
export function parseAmzDate(text: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Compares two hex digests without telling by its time where they differ. */
export function sameSignature(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The refusal of a signature that doesn't match. */
export function signatureMismatch(): S3Error {
  return new S3Error(
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
  );
}
