import "server-only";
import { betterAuth, type BetterAuthPlugin } from "better-auth";
import { isAPIError } from "better-auth/api";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { nextCookies } from "better-auth/next-js";
import { admin, emailOTP, organization } from "better-auth/plugins";
import { afterCode, beforeCode, CODE_MINUTES, mailCode } from "./auth-code";
import { isOpenAuthPath } from "./auth-paths";
import { hmac } from "./core/crypto";
import { logger } from "./core/logger";
import { promotePlatformAdmin } from "./data/user";
import { db } from "./db";
import { env } from "./env";

const github =
  env.AUTH_GITHUB_CLIENT_ID && env.AUTH_GITHUB_CLIENT_SECRET
    ? { clientId: env.AUTH_GITHUB_CLIENT_ID, clientSecret: env.AUTH_GITHUB_CLIENT_SECRET }
    : null;

/** True when GitHub's credentials are set: only then is its button shown. */
export const githubEnabled = github !== null;

// Counted for each client address. A whole office may start an academy on one morning behind one address, and the library ends a
// window only after a minute without a call: three a minute, its default, would lock the fourth colleague out. What protects an
// account is the limit for each mail address (lib/auth-code.ts) and the five guesses of a code; this one stops bulk.
const officeFriendly = { window: 60, max: 60 };

/** Answers "not found" for every endpoint of the library that the product does not use. */
const onlyOpenPaths = {
  id: "only-open-paths",
  onRequest: async (request, ctx) => {
    const path = new URL(request.url).pathname.slice(new URL(ctx.baseURL).pathname.length).replace(/\/+$/, "");
    return isOpenAuthPath(path) ? undefined : { response: new Response("Not Found", { status: 404 }) };
  },
} satisfies BetterAuthPlugin;

export const auth = betterAuth({
  appName: "Sidecar",
  baseURL: env.BETTER_AUTH_URL,
  secret: env.BETTER_AUTH_SECRET,
  trustedOrigins: [new URL(env.BETTER_AUTH_URL).origin],
  database: prismaAdapter(db, { provider: "postgresql", transaction: true }),
  telemetry: { enabled: false },
  logger: { level: "warn", log: (level, message, ...details) => logger[level]({ details }, message) },
  onAPIError: {
    errorURL: "/sign-in",
    // A refusal is an answer, not an event; what is none of the library's refusals is a fault.
    onError: (error) => {
      if (!isAPIError(error) || error.status === "INTERNAL_SERVER_ERROR") logger.error({ err: error }, "sign-in failed unexpectedly");
    },
  },
  session: { expiresIn: 60 * 60 * 24 * 30, updateAge: 60 * 60 * 24, cookieCache: { enabled: false } },
  socialProviders: github ? { github } : {},
  account: { encryptOAuthTokens: true, accountLinking: { enabled: true, allowDifferentEmails: false } },
  rateLimit: {
    enabled: true,
    storage: "database",
    modelName: "rateLimit",
    customRules: {
      "/email-otp/send-verification-otp": officeFriendly,
      "/sign-in/email-otp": officeFriendly,
      "/sign-in/social": officeFriendly,
    },
  },
  advanced: {
    database: { joins: true },
    // The library leaves this check out under a test runner unless it is told so.
    disableOriginCheck: false,
    useSecureCookies: env.BETTER_AUTH_URL.startsWith("https:"),
    defaultCookieAttributes: { httpOnly: true, sameSite: "lax" },
    ipAddress: { ipAddressHeaders: [env.CLIENT_IP_HEADER] },
  },
  hooks: { before: beforeCode, after: afterCode },
  databaseHooks: {
    user: {
      create: {
        // The person gives their name on the first visit. A picture elsewhere on the web would be a request to a third party.
        before: async (user) => ({ data: { ...user, email: user.email.toLowerCase(), image: null } }),
      },
    },
    session: {
      create: {
        // At every sign-in, so that an address which is added later works as well. The list only ever promotes: taking an address
        // off it demotes nobody, which is an act for a person, not for a deployment.
        after: async (session) => promotePlatformAdmin(session.userId, env.PLATFORM_ADMIN_EMAILS),
      },
    },
  },
  plugins: [
    onlyOpenPaths,
    organization({ allowUserToCreateOrganization: false, requireEmailVerificationOnInvitation: true }),
    admin({ defaultRole: "user", adminRoles: ["admin"] }),
    emailOTP({
      otpLength: 6,
      expiresIn: CODE_MINUTES * 60,
      allowedAttempts: 5,
      storeOTP: { hash: async (otp) => hmac(env.BETTER_AUTH_SECRET, "sign-in-code", otp) },
      sendVerificationOTP: (code, ctx) => mailCode(code, ctx?.request),
    }),
    nextCookies(),
  ],
});
