import type { Tag } from "./index/records.ts";

/** One rule of a bucket's lifecycle configuration. Days count from creation (or initiation), rounded up to midnight UTC. */
export interface LifecycleRule {
  readonly id: string;
  readonly enabled: boolean;
  readonly prefix: string;
  /** All of them must be on the object. */
  readonly tags: readonly Tag[];
  /** How the filter was written, so that it reads back as it was set. */
  readonly filter: "legacy" | "none" | "prefix" | "tag" | "and";
  readonly expiration?: { readonly days: number } | { readonly date: string } | undefined;
  readonly transitions: readonly { readonly days: number; readonly storageClass: string }[];
  readonly abortAfterDays?: number | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * When something of age `from` (milliseconds since the epoch) falls due after `days`: the midnight UTC that follows, as
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html counts.
 */
export function dueAfterDays(from: number, days: number): number {
  return Math.ceil((from + days * DAY_MS) / DAY_MS) * DAY_MS;
}

/** Tells whether the rule is about an object with this key and these tags. */
export function appliesTo(rule: LifecycleRule, key: string, tags: readonly Tag[]): boolean {
  if (!rule.enabled || !key.startsWith(rule.prefix)) return false;
  return rule.tags.every((wanted) => tags.some((tag) => tag.key === wanted.key && tag.value === wanted.value));
}

/** Tells whether the rule has removed an object of this age by `now`. */
export function isExpired(rule: LifecycleRule, modified: number, now: number): boolean {
  if (!rule.expiration) return false;
  return "days" in rule.expiration ? now >= dueAfterDays(modified, rule.expiration.days) : now >= Date.parse(rule.expiration.date);
}

/** The storage class that the rule has moved an object of this age to by `now`: the latest transition that is due. */
export function transitionedClass(rule: LifecycleRule, modified: number, now: number): string | undefined {
  const due = rule.transitions.filter((transition) => now >= dueAfterDays(modified, transition.days));
  return due.toSorted((left, right) => left.days - right.days).at(-1)?.storageClass;
}

/** Tells whether the rule has aborted an upload begun at `initiated` by `now`. */
export function isAbandoned(rule: LifecycleRule, initiated: number, now: number): boolean {
  return rule.abortAfterDays !== undefined && now >= dueAfterDays(initiated, rule.abortAfterDays);
}
