import type { CORSRule, LifecycleRule } from "@aws-sdk/client-s3";

/**
 * Pages of every origin may send and read: who may do so is decided where addresses are signed. Exposed is what an uploader reads of an
 * answer. scripts/local/bucket-cors.ts gives the embedded store the same rule, and a test compares the two.
 */
export const browserRule = {
  AllowedOrigins: ["*"],
  AllowedMethods: ["GET", "HEAD", "PUT", "POST"],
  AllowedHeaders: ["*"],
  ExposeHeaders: ["ETag", "Retry-After", "x-amz-checksum-sha256"],
  MaxAgeSeconds: 3600,
} satisfies CORSRule;

const list = (names: readonly string[] | undefined) => (names ?? []).map((name) => name.toLowerCase()).toSorted();

/** The same rule in the same words, in whatever order and case a provider tells it. */
function sameRule(one: CORSRule, other: CORSRule): boolean {
  const words = (rule: CORSRule) =>
    JSON.stringify([
      list(rule.AllowedOrigins),
      list(rule.AllowedMethods),
      list(rule.AllowedHeaders),
      list(rule.ExposeHeaders),
      rule.MaxAgeSeconds ?? 0,
    ]);
  return words(one) === words(other);
}

/**
 * A bucket's CORS rules with ours first, since a store takes the first that matches; others that are for every origin would only be in
 * its way. Rules for certain origins stay. Null when nothing is to be changed.
 */
export function withBrowserRule(rules: readonly CORSRule[]): CORSRule[] | null {
  const [first, ...rest] = rules;
  const others = rules.filter(({ AllowedOrigins }) => !AllowedOrigins?.includes("*"));
  return first && sameRule(first, browserRule) && rest.length === others.length ? null : [browserRule, ...others];
}

/** By which the rule is found again among others. */
export const ABORT_RULE = "sidecar-abort-incomplete-uploads";

/** Days after which an upload that nobody goes on with is the store's to end: one more than its lease lasts. */
export function abortAfterDays(leaseHours: number): number {
  return Math.ceil(leaseHours / 24) + 1;
}

const isWholeBucket = ({ Filter }: LifecycleRule) => !Filter?.Prefix && !Filter?.Tag && !Filter?.And;

/** A bucket's lifecycle rules with ours; all others stay as they are. Null when nothing is to be changed. */
export function withAbortRule(rules: readonly LifecycleRule[], days: number): LifecycleRule[] | null {
  const own = rules.find(({ ID }) => ID === ABORT_RULE);
  const isRight = own?.Status === "Enabled" && own.AbortIncompleteMultipartUpload?.DaysAfterInitiation === days && isWholeBucket(own);
  if (isRight) return null;
  const rule = { ID: ABORT_RULE, Status: "Enabled", Filter: { Prefix: "" }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: days } };
  return [...rules.filter(({ ID }) => ID !== ABORT_RULE), { ...rule, Status: "Enabled" as const }];
}

/** Rules of others that end an upload before its lease does, or delete objects by themselves: for a person to look at. */
export function findDangerousRules(rules: readonly LifecycleRule[], days: number): string[] {
  return rules.flatMap(({ ID = "a rule without a name", Status, AbortIncompleteMultipartUpload, Expiration }) => {
    if (Status !== "Enabled" || ID === ABORT_RULE) return [];
    const after = AbortIncompleteMultipartUpload?.DaysAfterInitiation ?? Infinity;
    const early = after < days ? [`"${ID}" ends uploads after ${after} days, which may still be gone on with`] : [];
    return Expiration?.Days || Expiration?.Date ? [...early, `"${ID}" deletes objects that the database knows nothing of`] : early;
  });
}
