import type { ReplyHeaders } from "./reply.ts";

/** One rule of a bucket's CORS configuration. */
export interface CorsRule {
  readonly id?: string | undefined;
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds?: number | undefined;
}

const VARY = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

// A pattern may hold one `*`, which stands for any run of characters.
function matchesPattern(pattern: string, text: string): boolean {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === text;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
}

function allowsHeaders(rule: CorsRule, requested: readonly string[]): boolean {
  return requested.every((name) => rule.allowedHeaders.some((pattern) => matchesPattern(pattern.toLowerCase(), name.toLowerCase())));
}

/** The first rule that lets `origin` send `method` with `headers`, as S3 chooses it. */
export function findCorsRule(rules: readonly CorsRule[], origin: string, method: string, headers: readonly string[]): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.allowedMethods.includes(method) &&
      rule.allowedOrigins.some((pattern) => matchesPattern(pattern, origin)) &&
      allowsHeaders(rule, headers),
  );
}

/** What the browser is told under `rule`; for a preflight also what it may send. */
export function corsHeaders(rule: CorsRule, origin: string, requested?: readonly string[]): ReplyHeaders {
  const anyone = rule.allowedOrigins.includes("*");
  return {
    "Access-Control-Allow-Origin": anyone ? "*" : origin,
    "Access-Control-Allow-Credentials": anyone ? undefined : "true",
    "Access-Control-Allow-Methods": rule.allowedMethods.join(", "),
    "Access-Control-Allow-Headers": requested && requested.length > 0 ? requested.join(", ") : undefined,
    "Access-Control-Expose-Headers": rule.exposeHeaders.length > 0 ? rule.exposeHeaders.join(", ") : undefined,
    "Access-Control-Max-Age": requested && rule.maxAgeSeconds,
    Vary: VARY,
  };
}
