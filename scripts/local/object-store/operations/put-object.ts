import { parseStorageClass, readAttributes } from "../attributes.ts";
import { checksumHeaders } from "../body/checksum.ts";
import { storeBody } from "../body/store-body.ts";
import { writeCondition } from "../conditions.ts";
import type { Context } from "../context.ts";
import type { StoredObject } from "../index/records.ts";
import { MAX_SINGLE_BYTES } from "../limits.ts";
import { sendEmpty } from "../reply.ts";
import { parameter } from "../s3-request.ts";
import { nowInSeconds, requireBucket } from "./require.ts";

/** PutObject: the new bytes replace the old ones in one commit after the last of them was verified. */
export async function putObject(context: Context): Promise<void> {
  const { request, response, store } = context;
  requireBucket(context);
  const check = writeCondition(request);
  const attributes = readAttributes(request);
  const storageClass = parseStorageClass(parameter(request, "x-amz-storage-class"));
  const { object, released } = await storeBody(context, { limit: MAX_SINGLE_BYTES }, (file, consumed) => {
    const stored: StoredObject = {
      ...attributes,
      bucket: request.bucket,
      key: request.key,
      body: file,
      parts: 0,
      size: consumed.size,
      etag: consumed.etag,
      modified: nowInSeconds(context),
      storageClass,
      checksums: consumed.checksums,
    };
    requireBucket(context);
    return { object: stored, released: store.index.objects.put(stored, check) };
  });
  await store.files.discard(released);
  sendEmpty(response, 200, { ETag: `"${object.etag}"`, ...checksumHeaders(object.checksums) });
}
