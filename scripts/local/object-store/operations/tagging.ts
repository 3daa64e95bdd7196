import { checkTags } from "../attributes.ts";
import type { Context } from "../context.ts";
import type { Tag } from "../index/records.ts";
import { sendEmpty, sendXml } from "../reply.ts";
import { childOf, childrenOf, expectOnly, requiredTextOf } from "../xml.ts";
import { readDocument } from "./read-document.ts";
import { requireObject } from "./require.ts";

// Re-reads the object in the same step as the write, so that a replacement meanwhile keeps its own content.
function setTags(context: Context, tags: readonly Tag[]): void {
  context.store.index.objects.write({ ...requireObject(context), tags });
}

/** GetObjectTagging. */
export function getTagging(context: Context): Promise<void> {
  const { tags } = requireObject(context);
  sendXml(context.response, "Tagging", { TagSet: { Tag: tags.map(({ key, value }) => ({ Key: key, Value: value })) } });
  return Promise.resolve();
}

/** PutObjectTagging: replaces the whole set. */
export async function putTagging(context: Context): Promise<void> {
  requireObject(context);
  const document = await readDocument(context, "Tagging", false);
  expectOnly(document, ["TagSet"]);
  const set = childOf(document, "TagSet");
  const tags = set ? childrenOf(set, "Tag") : [];
  setTags(context, checkTags(tags.map((tag) => ({ key: requiredTextOf(tag, "Key"), value: requiredTextOf(tag, "Value") }))));
  sendEmpty(context.response, 200);
}

/** DeleteObjectTagging. */
export function deleteTagging(context: Context): Promise<void> {
  setTags(context, []);
  sendEmpty(context.response, 204);
  return Promise.resolve();
}
