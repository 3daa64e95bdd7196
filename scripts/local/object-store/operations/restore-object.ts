import { isFrozenClass, planRestore, restoreState } from "../cold-classes.ts";
import type { Context } from "../context.ts";
import { sendEmpty } from "../reply.ts";
import { S3Error } from "../s3-error.ts";
import { childOf, expectOnly, integerOf, requiredTextOf, textOf } from "../xml.ts";
import { readDocument } from "./read-document.ts";
import { requireObject } from "./require.ts";

const MAX_DAYS = 2 ** 31 - 1;

/**
 * RestoreObject: a temporary copy of a frozen object, 202. Of one that is ready the end is moved, 200. See
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html
 */
export async function restoreObject(context: Context): Promise<void> {
  requireObject(context);
  const document = await readDocument(context, "RestoreRequest", false);
  expectOnly(document, ["Days", "GlacierJobParameters", "Tier"]);
  const days = integerOf(document, "Days", 1, MAX_DAYS);
  if (days === undefined) throw new S3Error("MalformedXML", "RestoreRequest needs Days.");
  const parameters = childOf(document, "GlacierJobParameters");
  const tier = parameters ? requiredTextOf(parameters, "Tier") : (textOf(document, "Tier") ?? "Standard");
  const now = context.store.clock.now();
  // Re-read in the same step as the write, so that a replacement meanwhile keeps its own state.
  const object = requireObject(context);
  if (!isFrozenClass(object.storageClass)) {
    throw new S3Error("InvalidObjectState", "Restore is not allowed for the object's current storage class", {
      details: { StorageClass: object.storageClass },
    });
  }
  const state = restoreState(object, now);
  if (state === "ongoing") throw new S3Error("RestoreAlreadyInProgress", "Object restore is already in progress");
  context.store.index.objects.write({ ...object, restore: planRestore(object, tier, days, now) });
  sendEmpty(context.response, state === "ready" ? 200 : 202);
}
