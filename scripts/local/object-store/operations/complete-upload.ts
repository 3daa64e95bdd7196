import { createHash } from "node:crypto";
import { checksumElements, compositeChecksum, createDigest } from "../body/checksum.ts";
import type { Checksums } from "../body/checksum.ts";
import { writeCondition } from "../conditions.ts";
import type { Context } from "../context.ts";
import type { StoredObject, StoredPart, StoredUpload } from "../index/records.ts";
import { MAX_PART_NUMBER, MIN_PART_BYTES } from "../limits.ts";
import { sendXml } from "../reply.ts";
import { S3Error } from "../s3-error.ts";
import { parameter } from "../s3-request.ts";
import { childrenOf, expectOnly, integerOf, requiredTextOf, textOf } from "../xml.ts";
import type { XmlElement } from "../xml.ts";
import { requireUpload } from "./multipart-upload.ts";
import { readDocument } from "./read-document.ts";
import { nowInSeconds } from "./require.ts";

interface ClaimedPart {
  readonly number: number;
  readonly etag: string;
  readonly checksums: Checksums;
}

function parseClaims(document: XmlElement): ClaimedPart[] {
  expectOnly(document, ["Part"]);
  const claims = childrenOf(document, "Part").map((part): ClaimedPart => {
    expectOnly(part, ["PartNumber", "ETag", "ChecksumSHA256", "ChecksumCRC32"]);
    const number = integerOf(part, "PartNumber", 1, MAX_PART_NUMBER);
    if (number === undefined) throw new S3Error("MalformedXML", "A Part needs PartNumber.");
    const [SHA256, CRC32] = [textOf(part, "ChecksumSHA256"), textOf(part, "ChecksumCRC32")];
    const checksums = { ...(SHA256 === undefined ? {} : { SHA256 }), ...(CRC32 === undefined ? {} : { CRC32 }) };
    return { number, etag: requiredTextOf(part, "ETag").trim().replaceAll('"', ""), checksums };
  });
  if (claims.length === 0) throw new S3Error("MalformedXML", "A completion names at least one Part.");
  const ascending = claims.every((claim, index) => index === 0 || claim.number > (claims[index - 1]?.number ?? 0));
  if (!ascending) {
    throw new S3Error(
      "InvalidPartOrder",
      "The list of parts was not in ascending order. The parts list must be specified in order by part number.",
    );
  }
  return claims;
}

function matchParts(claims: readonly ClaimedPart[], upload: StoredUpload, stored: readonly StoredPart[]): StoredPart[] {
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  const composite = upload.checksum?.type === "COMPOSITE" ? upload.checksum.algorithm : undefined;
  return claims.map((claim, index) => {
    const part = byNumber.get(claim.number);
    if (composite && claim.checksums[composite] === undefined) {
      throw new S3Error(
        "InvalidRequest",
        `The upload was created using a ${composite.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${claim.number} in the request.`,
      );
    }
    const sums = Object.entries(claim.checksums);
    const stored = new Map(Object.entries(part?.checksums ?? {}));
    if (!part || part.etag !== claim.etag || sums.some(([name, value]) => stored.get(name) !== value)) {
      throw new S3Error(
        "InvalidPart",
        "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        {
          details: { UploadId: upload.id, PartNumber: claim.number, ETag: claim.etag },
        },
      );
    }
    if (part.size < MIN_PART_BYTES && index < claims.length - 1) {
      throw new S3Error("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
        details: { ProposedSize: part.size, MinSizeAllowed: MIN_PART_BYTES, PartNumber: part.number, ETag: part.etag },
      });
    }
    return part;
  });
}

// S3's multipart ETag: the MD5 of the parts' raw MD5s, a dash and their number.
function multipartEtag(parts: readonly StoredPart[]): string {
  const md5 = createHash("md5");
  for (const part of parts) md5.update(Buffer.from(part.etag, "hex"));
  return `${md5.digest("hex")}-${parts.length}`;
}

async function objectChecksums(context: Context, upload: StoredUpload, parts: readonly StoredPart[]): Promise<Checksums> {
  if (!upload.checksum) return {};
  const { algorithm, type } = upload.checksum;
  if (type === "COMPOSITE") {
    return {
      [algorithm]: compositeChecksum(
        algorithm,
        parts.map((part) => part.checksums[algorithm] ?? ""),
      ),
    };
  }
  const digest = createDigest(algorithm);
  const { files } = context.store;
  const release = files.pin(parts.map((part) => part.file));
  try {
    for (const part of parts) {
      if (part.size === 0) continue;
      const content: AsyncIterable<Buffer> = files.read(part.file, 0, part.size - 1);
      for await (const chunk of content) digest.update(chunk);
    }
  } finally {
    await release();
  }
  const computed = digest.digest().toString("base64");
  const claimed = parameter(context.request, `x-amz-checksum-${algorithm.toLowerCase()}`);
  if (claimed !== undefined && claimed !== computed) {
    throw new S3Error("BadDigest", `The ${algorithm} you specified did not match the calculated checksum.`);
  }
  return { [algorithm]: computed };
}

/**
 * CompleteMultipartUpload: the parts become the object where they lie, in one commit with the write's condition; no
 * byte is copied. A refusal leaves the upload and all of its parts.
 */
export async function completeMultipartUpload(context: Context): Promise<void> {
  const { request, response, store } = context;
  requireUpload(context);
  const check = writeCondition(request);
  const claims = parseClaims(await readDocument(context, "CompleteMultipartUpload", false));
  const { uploads, objects } = store.index;
  const upload = requireUpload(context);
  const parts = matchParts(claims, upload, uploads.parts(upload.id));
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const declared = parameter(request, "x-amz-mp-object-size");
  if (declared !== undefined && Number(declared) !== size) {
    throw new S3Error(
      "InvalidRequest",
      `The provided 'x-amz-mp-object-size' header value ${declared} does not match what was computed: ${size}`,
    );
  }
  const checksums = await objectChecksums(context, upload, parts);
  const object: StoredObject = {
    bucket: upload.bucket,
    key: upload.key,
    headers: upload.headers,
    metadata: upload.metadata,
    tags: upload.tags,
    storageClass: upload.storageClass,
    body: upload.id,
    parts: parts.length,
    size,
    etag: multipartEtag(parts),
    modified: nowInSeconds(context),
    checksums,
  };
  const released = store.index.transact(() => {
    // A part may have been replaced while a checksum was read: what is committed is what was claimed.
    matchParts(claims, requireUpload(context), uploads.parts(upload.id));
    const replaced = objects.put(object, check);
    return [...replaced, ...uploads.finish(upload.id, new Set(claims.map((claim) => claim.number)))];
  });
  await store.files.discard(released);
  sendXml(response, "CompleteMultipartUploadResult", {
    Location: `http://${request.http.headers.host ?? ""}${request.canonicalPath}`,
    Bucket: object.bucket,
    Key: object.key,
    ETag: `"${object.etag}"`,
    ...checksumElements(checksums),
    ChecksumType: upload.checksum?.type,
  });
}
