import {
  ArcjetAllowDecision,
  ArcjetDenyDecision,
  ArcjetErrorReason,
  ArcjetRateLimitReason,
  ArcjetReason,
  ArcjetRuleResult,
  ArcjetShieldReason,
  type ArcjetDecision,
} from "@arcjet/next";
import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { createShield } from "@/lib/clients/arcjet";

const limit = { name: "upload", points: 5, seconds: 60 };
const request = () =>
  new NextRequest("https://academy.example.com/api/s3/upload", {
    method: "POST",
    headers: {
      "x-forwarded-for": "203.0.113.7",
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
      accept: "*/*",
    },
  });

/** Arcjet's service, as its library sees it. */
function shieldThat(decide: () => Promise<ArcjetDecision>) {
  return createShield("ajkey_01example", limit, { decide, report: () => undefined });
}

const allow = () => new ArcjetAllowDecision({ results: [], ttl: 0, reason: new ArcjetReason() });

test("passes a request that Arcjet allows", async () => {
  await expect(shieldThat(async () => allow())(request(), "user-1")).resolves.toBeUndefined();
});

test("a denied attack gets no address", async () => {
  const shield = shieldThat(
    async () => new ArcjetDenyDecision({ results: [], ttl: 0, reason: new ArcjetShieldReason({ shieldTriggered: true }) }),
  );
  await expect(shield(request(), "user-1")).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a sixth request in Arcjet's window gets no address, and the time to wait", async () => {
  const reason = new ArcjetRateLimitReason({ max: 5, remaining: 0, reset: 42, window: 60 });
  const shield = shieldThat(async () => new ArcjetDenyDecision({ results: [], ttl: 0, reason }));
  await expect(shield(request(), "user-1")).rejects.toMatchObject({ code: "RATE_LIMITED", retryAfter: 42 });
});

test("an error of Arcjet's, which its library would let pass, gets no address", async () => {
  const unreachable = shieldThat(async () => {
    throw new Error("unreachable");
  });
  await expect(unreachable(request(), "user-1")).rejects.toMatchObject({ code: "UNAVAILABLE" });
  const failed = new ArcjetRuleResult({
    ruleId: "1",
    fingerprint: "",
    ttl: 0,
    state: "RUN",
    conclusion: "ERROR",
    reason: new ArcjetErrorReason("rule failed"),
  });
  const half = shieldThat(async () => new ArcjetAllowDecision({ results: [failed], ttl: 0, reason: new ArcjetReason() }));
  await expect(half(request(), "user-1")).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("a program that says it is one gets no address", async () => {
  const shield = shieldThat(async () => allow());
  const curl = request();
  curl.headers.set("user-agent", "curl/8.0");
  await expect(shield(curl, "user-1")).rejects.toMatchObject({ code: "FORBIDDEN" });
});
