import { consumeText } from "../body/consume.ts";
import type { Context } from "../context.ts";
import { MAX_DOCUMENT_BYTES } from "../limits.ts";
import { S3Error } from "../s3-error.ts";
import { parseXml } from "../xml.ts";
import type { XmlElement } from "../xml.ts";

/**
 * Reads the request's body as a document with the root `rootName`.
 * @param needsDigest where S3 insists on a Content-MD5 or a checksum: configurations and bulk deletes.
 * @throws S3Error InvalidRequest or MalformedXML.
 */
export async function readDocument(context: Context, rootName: string, needsDigest: boolean): Promise<XmlElement> {
  const { request, response, caller, onBytesIn } = context;
  const body = await consumeText(request, response, caller, { limit: MAX_DOCUMENT_BYTES, onBytes: onBytesIn });
  if (needsDigest && !body.vouched) {
    throw new S3Error("InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
  }
  return parseXml(body.text, rootName);
}
