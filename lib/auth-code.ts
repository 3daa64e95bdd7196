import "server-only";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { createElement } from "react";
import { render } from "react-email";
import { z } from "zod";
import { sendMail } from "./clients/mailer";
import { takePoint, type RateLimit } from "./clients/limiter";
import { AppError } from "./core/app-error";
import { logger } from "./core/logger";
import { env } from "./env";
import { SignInCodeMail } from "./mails/sign-in-code";

/** Minutes that a sign-in code is good for. */
export const CODE_MINUTES = 10;

// A code allows five guesses, so an address allows 25 in ten minutes and 200 a day, of a million: about once in fourteen years.
// The limits count the address, not the caller, and whether it has an account plays no part.
const codesForOneAddress: RateLimit[] = [
  { name: "sign-in-code", points: 5, seconds: 600 },
  { name: "sign-in-code-day", points: 40, seconds: 86_400 },
];

const sendBody = z.strictObject({ email: z.email(), type: z.literal("sign-in") });
const signInBody = z.strictObject({ email: z.email(), otp: z.string().regex(/^\d{6}$/) });

// Better Auth logs and swallows what the mail callback throws; the person must hear of it. The request ties the two ends together.
const unsent = new WeakSet<Request>();

function parseBody(schema: z.ZodType, body: unknown, message: string): void {
  if (!schema.safeParse(body).success) throw new APIError("BAD_REQUEST", { code: "INVALID_INPUT", message });
}

async function takeCodePoints(email: string): Promise<void> {
  try {
    for (const limit of codesForOneAddress) await takePoint(limit, email);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code !== "RATE_LIMITED") {
      logger.error({ err: error.cause }, error.log ?? error.message);
      throw new APIError("SERVICE_UNAVAILABLE", { code: error.code, message: error.message });
    }
    const minutes = Math.max(1, Math.ceil((error.retryAfter ?? 60) / 60));
    const wait = minutes > 90 ? `${Math.ceil(minutes / 60)} hours` : minutes === 1 ? "a minute" : `${minutes} minutes`;
    throw new APIError("TOO_MANY_REQUESTS", {
      code: error.code,
      message: `Too many codes were asked for with this address. Use the latest one, or try again in ${wait}.`,
    });
  }
}

/**
 * Runs before every endpoint. A code is made only when it may be sent: an over-limit request must not replace the code that is
 * already in the mail, nor renew its guesses. Only sign-in codes exist here, and signing in sets no name and no picture.
 */
export const beforeCode = createAuthMiddleware(async (ctx) => {
  if (ctx.path === "/email-otp/send-verification-otp") {
    parseBody(sendBody, ctx.body, "Enter a complete email address, such as you@example.com.");
    await takeCodePoints(sendBody.parse(ctx.body).email.toLowerCase());
  }
  if (ctx.path === "/sign-in/email-otp") parseBody(signInBody, ctx.body, "Enter the six digits from the mail.");
});

/** Runs after every endpoint: a code that could not be mailed is a failure, not a success. */
export const afterCode = createAuthMiddleware(async (ctx) => {
  if (ctx.request && unsent.delete(ctx.request)) {
    throw new APIError("SERVICE_UNAVAILABLE", {
      code: "UNAVAILABLE",
      message: "The mail with your code could not be sent. Nothing is wrong with your account; try again in a minute.",
    });
  }
});

/** Mails the code. Never throws: see `unsent`. */
export async function mailCode(code: { email: string; otp: string }, request: Request | undefined): Promise<void> {
  const message = createElement(SignInCodeMail, { code: code.otp, minutes: CODE_MINUTES, site: new URL(env.BETTER_AUTH_URL).host });
  try {
    await sendMail({
      to: code.email,
      subject: `${code.otp} is your Sidecar sign-in code`,
      html: await render(message),
      text: await render(message, { plainText: true }),
    });
  } catch (error) {
    logger.error({ err: error }, "sign-in code could not be mailed");
    if (request) unsent.add(request);
  }
}
