import { z } from "zod";

/** Rows of our own are UUIDv7; Better Auth's are 32 letters and digits. Both fit, nothing else does. */
export const idSchema = z.string().regex(/^[A-Za-z0-9-]{8,64}$/, "This is not a valid id.");

/** A new random id, for keys and correlation. */
export function newId(): string {
  return crypto.randomUUID();
}
