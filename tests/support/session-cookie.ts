import { createHmac, randomUUID } from "node:crypto";
import type { Client } from "pg";

/**
 * Signs a person in without the mail: a session row, and the cookie that Better Auth would have set for it (token, dot, HMAC-SHA-256
 * of the token in base64, URI-encoded).
 */
export async function createSessionCookie(
  client: Pick<Client, "query">,
  userId: string,
  secret: string,
): Promise<{ name: string; value: string }> {
  const token = randomUUID().replaceAll("-", "");
  await client.query(
    `INSERT INTO "Session" (id, token, "userId", "expiresAt", "createdAt", "updatedAt") VALUES ($1, $2, $3, now() + interval '1 day', now(), now())`,
    [randomUUID(), token, userId],
  );
  const signature = createHmac("sha256", secret).update(token).digest("base64");
  return { name: "better-auth.session_token", value: encodeURIComponent(`${token}.${signature}`) };
}
