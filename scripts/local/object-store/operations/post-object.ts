import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { collectAttributes, parseStorageClass } from "../attributes.ts";
import { checkPostPolicy } from "../auth/post-policy.ts";
import type { FormFields } from "../auth/post-policy.ts";
import { withNewFile } from "../body/store-body.ts";
import type { Context } from "../context.ts";
import { readForm } from "../form-data.ts";
import type { StoredObject } from "../index/records.ts";
import { MAX_SINGLE_BYTES } from "../limits.ts";
import { sendEmpty, sendXml } from "../reply.ts";
import { S3Error } from "../s3-error.ts";
import { encodeUri } from "../s3-request.ts";
import { nowInSeconds, requireBucket } from "./require.ts";

function describe(fields: FormFields, key: string, context: Context): Omit<StoredObject, "body" | "size" | "etag"> {
  const metadata = [...fields].filter(([name]) => name.startsWith("x-amz-meta-"));
  const acl = fields.get("acl");
  if (acl !== undefined && acl !== "private") throw new S3Error("NotImplemented", "This store has no public ACLs.");
  return {
    ...collectAttributes((name) => fields.get(name), metadata),
    bucket: context.request.bucket,
    key,
    parts: 0,
    modified: nowInSeconds(context),
    storageClass: parseStorageClass(fields.get("x-amz-storage-class")),
    checksums: {},
  };
}

// Streams the form's file into a new content file, within the policy's size.
async function storeFile(
  context: Context,
  file: Readable,
  range: { minimum: number; maximum: number },
  commit: (content: Pick<StoredObject, "body" | "size" | "etag">) => string[],
): Promise<{ etag: string; released: string[] }> {
  const md5 = createHash("md5");
  let size = 0;
  async function* measured(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of source) {
      size += chunk.length;
      md5.update(chunk);
      if (size > range.maximum) {
        throw new S3Error("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", {
          details: { ProposedSize: size, MaxSizeAllowed: range.maximum },
        });
      }
      yield chunk;
    }
  }
  return withNewFile(
    context.store.files,
    async (sink) => {
      await pipeline(file.iterator({ destroyOnReturn: false }), measured, sink);
      if (size >= range.minimum) return;
      throw new S3Error("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
        details: { ProposedSize: size, MinSizeAllowed: range.minimum },
      });
    },
    (body) => {
      const etag = md5.digest("hex");
      return { etag, released: commit({ body, size, etag }) };
    },
  );
}

function answer(context: Context, fields: FormFields, key: string, etag: string): void {
  const { request, response } = context;
  const path = `/${request.bucket}/${key.split("/").map(encodeUri).join("/")}`;
  const location = `http://${request.http.headers.host ?? ""}${path}`;
  const headers = { ETag: `"${etag}"`, Location: location };
  if (fields.has("success_action_redirect") || fields.has("redirect")) {
    throw new S3Error("NotImplemented", "This store doesn't redirect after a form.");
  }
  const status = fields.get("success_action_status");
  if (status === "201") {
    sendXml(response, "PostResponse", { Location: location, Bucket: request.bucket, Key: key, ETag: `"${etag}"` }, headers, 201);
  } else sendEmpty(response, status === "200" ? 200 : 204, headers);
}

/** PostObject: a browser's form with a signed policy, as a presigned POST makes it. */
export async function postObject(context: Context): Promise<void> {
  const { request, store, onBytesIn } = context;
  requireBucket(context);
  await readForm(request.http, onBytesIn, async (form, fileName, file) => {
    const fields = new Map([...form, ["bucket", request.bucket]]);
    // ${filename} in the key stands for the file's own name, and the policy speaks of the key as it was written.
    const range = await checkPostPolicy(fields, store.credentials, store.clock);
    const key = (fields.get("key") ?? "").replaceAll("${filename}", () => fileName);
    if (key === "") throw new S3Error("InvalidArgument", "Bucket POST must contain a field named 'key'.");
    const description = describe(fields, key, context);
    const limited = { minimum: range.minimum, maximum: Math.min(range.maximum, MAX_SINGLE_BYTES) };
    const { etag, released } = await storeFile(context, file, limited, (content) => {
      requireBucket(context);
      return store.index.objects.put({ ...description, ...content }, () => undefined);
    });
    await store.files.discard(released);
    answer(context, fields, key, etag);
  });
}
