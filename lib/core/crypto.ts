import "server-only";
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** HMAC-SHA-256 as hex. `purpose` separates the uses of one secret. */
export function hmac(secret: string, purpose: string, value: string): string {
  return createHmac("sha256", secret).update(`${purpose}:${value}`).digest("hex");
}

/** Compares two secrets in a time that depends on neither; lengths may differ. */
export function equalSecrets(given: string, expected: string): boolean {
  const digest = (value: string) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
