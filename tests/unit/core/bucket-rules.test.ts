import type { CORSRule, LifecycleRule } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { ABORT_RULE, abortAfterDays, browserRule, findDangerousRules, withAbortRule, withBrowserRule } from "@/lib/core/bucket-rules";

const ours = { ID: ABORT_RULE, Status: "Enabled", AbortIncompleteMultipartUpload: { DaysAfterInitiation: 8 } } satisfies LifecycleRule;

describe("CORS", () => {
  const foreign: CORSRule = { AllowedOrigins: ["https://shop.example"], AllowedMethods: ["GET"] };

  test("our rule comes first, before those for certain origins, and in place of others for every origin", () => {
    const old: CORSRule = { AllowedOrigins: ["*"], AllowedMethods: ["GET"] };
    expect(withBrowserRule([])).toEqual([browserRule]);
    expect(withBrowserRule([foreign, old])).toEqual([browserRule, foreign]);
    expect(withBrowserRule([browserRule, old])).toEqual([browserRule]);
  });

  test("the same rule in another order and case is right as it is", () => {
    const told = {
      ...browserRule,
      AllowedMethods: ["PUT", "POST", "HEAD", "GET"],
      ExposeHeaders: ["retry-after", "etag", "X-Amz-Checksum-Sha256"],
    };
    expect(withBrowserRule([told, foreign])).toBeNull();
    expect(withBrowserRule([{ ...told, ExposeHeaders: ["etag"] }, foreign])).toEqual([browserRule, foreign]);
  });
});

describe("lifecycle", () => {
  const foreign: LifecycleRule = { ID: "logs", Status: "Enabled", Filter: { Prefix: "logs/" }, Expiration: { Days: 30 } };

  test.each([
    [1, 2],
    [24, 2],
    [25, 3],
    [168, 8],
  ])("an upload with a lease of %i hours is ended after %i days", (hours, days) => {
    expect(abortAfterDays(hours)).toBe(days);
  });

  test("ours is added or put right, and the others stay as they are", () => {
    const added = withAbortRule([foreign], 8);
    expect(added).toEqual([foreign, { ...ours, Filter: { Prefix: "" } }]);
    expect(withAbortRule(added ?? [], 8)).toBeNull();
    expect(withAbortRule([ours, foreign], 9)?.map(({ ID }) => ID)).toEqual(["logs", ABORT_RULE]);
    expect(withAbortRule([{ ...ours, Status: "Disabled" }], 8)).not.toBeNull();
    expect(withAbortRule([{ ...ours, Filter: { Prefix: "a/" } }], 8)).not.toBeNull();
  });

  test("rules of others that end uploads too early or delete objects are named", () => {
    const early = { ID: "default", Status: "Enabled", AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } } satisfies LifecycleRule;
    expect(findDangerousRules([ours, foreign, early, { ...early, Status: "Disabled" }], 8)).toEqual([
      expect.stringContaining('"logs" deletes objects'),
      expect.stringContaining('"default" ends uploads after 7 days'),
    ]);
  });
});
