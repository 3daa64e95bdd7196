import { checkReadConditions } from "../conditions.ts";
import type { Context } from "../context.ts";
import { MAX_PAGE } from "../limits.ts";
import { sendEmpty, sendXml } from "../reply.ts";
import { S3Error } from "../s3-error.ts";
import { rawHeader } from "../s3-request.ts";
import { childrenOf, expectOnly, requiredTextOf, textOf } from "../xml.ts";
import { readDocument } from "./read-document.ts";
import { requireBucket } from "./require.ts";

/** DeleteObject: a key that doesn't exist counts as deleted, unless If-Match asks for one. */
export async function deleteObject(context: Context): Promise<void> {
  const { request, response, store } = context;
  requireBucket(context);
  const released = store.index.objects.remove(request.bucket, [request.key], (current) => {
    if (rawHeader(request, "if-match") === undefined) return;
    if (!current) throw new S3Error("NoSuchKey", "The specified key does not exist.");
    checkReadConditions(request, current);
  });
  await store.files.discard(released);
  sendEmpty(response, 204);
}

/** DeleteObjects: up to 1,000 keys in one commit. */
export async function deleteObjects(context: Context): Promise<void> {
  const { request, response, store } = context;
  requireBucket(context);
  const document = await readDocument(context, "Delete", true);
  expectOnly(document, ["Object", "Quiet"]);
  const objects = childrenOf(document, "Object");
  if (objects.length === 0 || objects.length > MAX_PAGE) {
    throw new S3Error("MalformedXML", `A DeleteObjects request names 1 to ${MAX_PAGE} objects.`);
  }
  const keys = objects.map((object) => {
    if (textOf(object, "VersionId") !== undefined) throw new S3Error("NotImplemented", "This store keeps no versions to delete.");
    expectOnly(object, ["Key"]);
    return requiredTextOf(object, "Key");
  });
  await store.files.discard(store.index.objects.remove(request.bucket, keys));
  const quiet = textOf(document, "Quiet")?.trim() === "true";
  sendXml(response, "DeleteResult", { Deleted: quiet ? [] : keys.map((key) => ({ Key: key })) });
}
