import type { Clock } from "../clock.ts";
import { S3Error } from "../s3-error.ts";
import { createSigner, parseAmzDate, parseCredential, sameSignature, signatureMismatch } from "./signer.ts";
import type { Credentials } from "./signer.ts";

/** The fields of a browser's form before its file, by lower-case name. */
export type FormFields = ReadonlyMap<string, string>;

/** What a policy asks of the file itself: its size in bytes, both ends included. */
export interface ContentLengthRange {
  readonly minimum: number;
  readonly maximum: number;
}

type Condition =
  | { readonly kind: "eq" | "starts-with"; readonly field: string; readonly value: string }
  | ({ readonly kind: "content-length-range" } & ContentLengthRange);

// Fields that no condition needs to cover: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
const UNCONDITIONED = new Set(["policy", "x-amz-signature", "file"]);

function invalid(detail: string): S3Error {
  return new S3Error("InvalidPolicyDocument", `Invalid Policy: ${detail}`);
}

function denied(detail: string): S3Error {
  return new S3Error("AccessDenied", `Invalid according to Policy: ${detail}`);
}

function parseCondition(raw: unknown): Condition[] {
  if (Array.isArray(raw)) {
    const [kind, field, value] = raw.map((item: unknown) => item);
    if (kind === "content-length-range" && Number.isSafeInteger(Number(field)) && Number.isSafeInteger(Number(value))) {
      return [{ kind, minimum: Number(field), maximum: Number(value) }];
    }
    if ((kind === "eq" || kind === "starts-with") && typeof field === "string" && field.startsWith("$") && typeof value === "string") {
      return [{ kind, field: field.slice(1).toLowerCase(), value }];
    }
    throw invalid("Invalid condition.");
  }
  if (typeof raw !== "object" || raw === null) throw invalid("Invalid condition.");
  return Object.entries(raw).map(([field, value]: [string, unknown]) => {
    if (typeof value !== "string") throw invalid("Invalid simple condition.");
    return { kind: "eq", field: field.toLowerCase(), value };
  });
}

function parsePolicy(base64: string): { expiration: number; conditions: Condition[] } {
  let policy: unknown;
  try {
    policy = JSON.parse(Buffer.from(base64, "base64").toString("utf8"));
  } catch {
    throw invalid("Invalid JSON.");
  }
  if (typeof policy !== "object" || policy === null || !("expiration" in policy) || !("conditions" in policy)) {
    throw invalid("Policy is missing expiration or conditions.");
  }
  const expiration = typeof policy.expiration === "string" ? Date.parse(policy.expiration) : Number.NaN;
  if (Number.isNaN(expiration) || !Array.isArray(policy.conditions)) throw invalid("Invalid expiration or conditions.");
  return { expiration, conditions: policy.conditions.flatMap(parseCondition) };
}

function checkFields(conditions: readonly Condition[], fields: FormFields): void {
  const covered = new Set<string>();
  for (const condition of conditions) {
    if (condition.kind === "content-length-range") continue;
    const { kind, field, value } = condition;
    covered.add(field);
    const actual = fields.get(field) ?? "";
    const holds = kind === "eq" ? actual === value : actual.startsWith(value);
    if (!holds) throw denied(`Policy Condition failed: ["${kind}", "$${field}", "${value}"]`);
  }
  const extra = [...fields.keys()].filter((name) => !covered.has(name) && !UNCONDITIONED.has(name) && !name.startsWith("x-ignore-"));
  // The bucket is in the address, not in the form: it is checked where a condition names it.
  const strangers = extra.filter((name) => name !== "bucket");
  if (strangers.length > 0) throw denied(`Extra input fields: ${strangers.join(", ")}`);
}

/**
 * Holds a browser's form against the policy that came with it and the policy against its signature.
 * `fields` holds the form's fields, and `bucket` from the address. Returns what the policy asks of the file's size.
 * @throws S3Error AccessDenied, SignatureDoesNotMatch, InvalidAccessKeyId or InvalidPolicyDocument.
 */
export async function checkPostPolicy(fields: FormFields, credentials: Credentials, clock: Clock): Promise<ContentLengthRange> {
  const policy = fields.get("policy");
  const signature = fields.get("x-amz-signature");
  if (policy === undefined || signature === undefined) throw new S3Error("AccessDenied", "Access Denied");
  if (fields.get("x-amz-algorithm") !== "AWS4-HMAC-SHA256") {
    throw new S3Error("InvalidArgument", "X-Amz-Algorithm only supports AWS4-HMAC-SHA256.");
  }
  const scope = parseCredential(fields.get("x-amz-credential") ?? "", credentials, "AuthorizationQueryParametersError");
  const date = parseAmzDate(fields.get("x-amz-date") ?? "");
  if (!date) throw new S3Error("InvalidArgument", "X-Amz-Date must be formatted via ISO8601 Long format");
  const signer = createSigner(credentials, scope.region);
  const expected = await signer.sign(policy, { signingDate: date });
  if (date.toISOString().slice(0, 10).replaceAll("-", "") !== scope.day || !sameSignature(signature, expected)) throw signatureMismatch();
  const { expiration, conditions } = parsePolicy(policy);
  if (clock.now() >= expiration) throw denied("Policy expired.");
  checkFields(conditions, fields);
  const ranges = conditions.filter((condition) => condition.kind === "content-length-range");
  return {
    minimum: Math.max(0, ...ranges.map((range) => range.minimum)),
    maximum: Math.min(Number.MAX_SAFE_INTEGER, ...ranges.map((range) => range.maximum)),
  };
}
