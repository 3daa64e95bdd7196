import { z } from "zod";

/** One address, stored in lower case; at most 254 characters (RFC 5321, 4.5.3.1.3). */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "This address is too long.")
  .pipe(z.email("Enter a complete email address, such as you@example.com."));
