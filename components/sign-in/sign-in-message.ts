/** What the sign-in endpoints answer when they refuse. */
export type SignInFailure = { status: number; code?: string | undefined; message?: string | undefined };

const sentences: Record<string, string> = {
  INVALID_OTP: "That code is not the right one. Look at the latest mail and try again, or ask for a new code.",
  OTP_EXPIRED: "That code has expired. Ask for a new one.",
  TOO_MANY_ATTEMPTS: "A wrong code was typed too often, so this one no longer works. Ask for a new one.",
  BANNED_USER: "This account is locked. Write to the people who run your academy.",
};

/** One sentence for a person. Our own refusals bring theirs; the library's codes are translated. */
export function signInMessage({ status, code, message }: SignInFailure): string {
  if (code && sentences[code]) return sentences[code];
  if (code && message && ["INVALID_INPUT", "RATE_LIMITED", "UNAVAILABLE"].includes(code)) return message;
  if (status === 429) return "There were many sign-ins from your network just now. Wait a minute, then try again.";
  if (status === 0) return "The server could not be reached. Check the connection and try again.";
  return "That did not work on our side. Try again in a moment.";
}

const returns: Record<string, string> = {
  access_denied: "The sign-in at GitHub was cancelled.",
  account_not_linked: "GitHub has not verified that address, so it can't open your account. Sign in with a code instead.",
  email_not_found: "GitHub did not share an email address. Sign in with a code instead.",
  banned: "This account is locked. Write to the people who run your academy.",
};

/** Why GitHub sent the person back, from the address's `error`. */
export function returnMessage(error: string): string {
  return returns[error] ?? "The sign-in at GitHub did not work. Try again, or sign in with a code.";
}
