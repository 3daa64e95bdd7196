import { createAuthClient } from "better-auth/client";
import { emailOTPClient } from "better-auth/client/plugins";

/** The browser's side of signing in. Only the sign-in page needs it. */
export const authClient = createAuthClient({ plugins: [emailOTPClient()] });
