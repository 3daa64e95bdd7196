import { createHash } from "node:crypto";
import { checkTags, parseStorageClass } from "./attributes.ts";
import type { Tag } from "./index/records.ts";
import type { LifecycleRule } from "./lifecycle-rules.ts";
import { S3Error } from "./s3-error.ts";
import { childOf, childrenOf, expectOnly, integerOf, requiredTextOf, textOf } from "./xml.ts";
import type { XmlElement, XmlValue } from "./xml.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
const MAX_RULES = 1000;
const MAX_DAYS = 2 ** 31 - 1;

function parseTags(elements: readonly XmlElement[]): readonly Tag[] {
  return checkTags(elements.map((tag) => ({ key: requiredTextOf(tag, "Key"), value: requiredTextOf(tag, "Value") })));
}

function parseFilter(rule: XmlElement): Pick<LifecycleRule, "prefix" | "tags" | "filter"> {
  const filter = childOf(rule, "Filter");
  if (!filter) return { prefix: requiredTextOf(rule, "Prefix"), tags: [], filter: "legacy" };
  expectOnly(filter, ["Prefix", "Tag", "And"]);
  const and = childOf(filter, "And");
  if (and) {
    expectOnly(and, ["Prefix", "Tag"]);
    return { prefix: textOf(and, "Prefix") ?? "", tags: parseTags(childrenOf(and, "Tag")), filter: "and" };
  }
  const tag = childOf(filter, "Tag");
  if (tag) return { prefix: "", tags: parseTags([tag]), filter: "tag" };
  const prefix = textOf(filter, "Prefix");
  return prefix === undefined ? { prefix: "", tags: [], filter: "none" } : { prefix, tags: [], filter: "prefix" };
}

function parseExpiration(rule: XmlElement): LifecycleRule["expiration"] {
  const element = childOf(rule, "Expiration");
  if (!element) return undefined;
  expectOnly(element, ["Days", "Date"]);
  const days = integerOf(element, "Days", 1, MAX_DAYS);
  const date = textOf(element, "Date");
  if (days !== undefined && date === undefined) return { days };
  const time = Date.parse(date ?? "");
  if (days !== undefined || Number.isNaN(time)) throw new S3Error("MalformedXML", "An Expiration has either Days or Date.");
  return { date: new Date(time).toISOString() };
}

function parseTransition(element: XmlElement): { days: number; storageClass: string } {
  expectOnly(element, ["Days", "StorageClass"]);
  return {
    days: integerOf(element, "Days", 0, MAX_DAYS) ?? 0,
    storageClass: parseStorageClass(requiredTextOf(element, "StorageClass")),
  };
}

function parseRule(element: XmlElement): LifecycleRule {
  expectOnly(element, ["ID", "Status", "Prefix", "Filter", "Expiration", "Transition", "AbortIncompleteMultipartUpload"]);
  const status = requiredTextOf(element, "Status");
  if (status !== "Enabled" && status !== "Disabled") throw new S3Error("MalformedXML", "Status is Enabled or Disabled.");
  const abort = childOf(element, "AbortIncompleteMultipartUpload");
  if (abort) expectOnly(abort, ["DaysAfterInitiation"]);
  const content = JSON.stringify(element);
  const rule: LifecycleRule = {
    // S3 names a rule that has no name; the same rule always gets the same one.
    id: textOf(element, "ID") ?? createHash("sha256").update(content).digest("hex").slice(0, 32),
    enabled: status === "Enabled",
    ...parseFilter(element),
    expiration: parseExpiration(element),
    transitions: childrenOf(element, "Transition").map(parseTransition),
    abortAfterDays: abort && integerOf(abort, "DaysAfterInitiation", 1, MAX_DAYS),
  };
  if (!rule.expiration && rule.transitions.length === 0 && rule.abortAfterDays === undefined) {
    throw new S3Error("InvalidRequest", "At least one action needs to be specified in a rule.");
  }
  if (rule.abortAfterDays !== undefined && rule.tags.length > 0) {
    throw new S3Error("InvalidRequest", "AbortIncompleteMultipartUpload cannot be specified with Tags.");
  }
  return rule;
}

/**
 * Reads a LifecycleConfiguration document.
 * @throws S3Error MalformedXML, InvalidRequest or InvalidArgument (two rules of one name).
 */
export function parseLifecycle(document: XmlElement): LifecycleRule[] {
  expectOnly(document, ["Rule"]);
  const rules = childrenOf(document, "Rule").map(parseRule);
  if (rules.length === 0 || rules.length > MAX_RULES)
    throw new S3Error("MalformedXML", `A lifecycle configuration has 1 to ${MAX_RULES} rules.`);
  if (new Set(rules.map((rule) => rule.id)).size < rules.length) {
    throw new S3Error("InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule");
  }
  return rules;
}

function writeFilter(rule: LifecycleRule): XmlValue {
  const tags = rule.tags.map(({ key, value }) => ({ Key: key, Value: value }));
  if (rule.filter === "and") return { And: { Prefix: rule.prefix, Tag: tags } };
  if (rule.filter === "tag") return { Tag: tags };
  return rule.filter === "prefix" ? { Prefix: rule.prefix } : {};
}

/** Writes the rules as the content of a LifecycleConfiguration document. */
export function writeLifecycle(rules: readonly LifecycleRule[]): { Rule: XmlValue } {
  return {
    Rule: rules.map((rule) => ({
      ID: rule.id,
      Prefix: rule.filter === "legacy" ? rule.prefix : undefined,
      Filter: rule.filter === "legacy" ? undefined : writeFilter(rule),
      Status: rule.enabled ? "Enabled" : "Disabled",
      Expiration: rule.expiration && ("days" in rule.expiration ? { Days: rule.expiration.days } : { Date: rule.expiration.date }),
      Transition: rule.transitions.map(({ days, storageClass }) => ({ Days: days, StorageClass: storageClass })),
      AbortIncompleteMultipartUpload: rule.abortAfterDays === undefined ? undefined : { DaysAfterInitiation: rule.abortAfterDays },
    })),
  };
}
