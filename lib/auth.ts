import "server-only";
import { render } from "react-email";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { nextCookies } from "better-auth/next-js";
import { admin, emailOTP, organization } from "better-auth/plugins";
import { createElement } from "react";
import { sendMail } from "./clients/mailer";
import { takePoint } from "./clients/limiter";
import { hmac } from "./core/crypto";
import { db } from "./db";
import { env } from "./env";
import { SignInCodeMail } from "./mails/sign-in-code";

/** Minutes that a sign-in code is good for. */
const CODE_MINUTES = 10;
const codesForOneAddress = { name: "sign-in-code", points: 5, seconds: 600 };

const github =
  env.AUTH_GITHUB_CLIENT_ID && env.AUTH_GITHUB_CLIENT_SECRET
    ? { clientId: env.AUTH_GITHUB_CLIENT_ID, clientSecret: env.AUTH_GITHUB_CLIENT_SECRET }
    : null;

/** True when GitHub's credentials are set: only then is its button shown. */
export const githubEnabled = github !== null;

const isPlatformAdminAddress = (email: string) => env.PLATFORM_ADMIN_EMAILS.includes(email.toLowerCase());

export const auth = betterAuth({
  appName: "Sidecar",
  baseURL: env.BETTER_AUTH_URL,
  secret: env.BETTER_AUTH_SECRET,
  trustedOrigins: [new URL(env.BETTER_AUTH_URL).origin],
  database: prismaAdapter(db, { provider: "postgresql", transaction: true }),
  telemetry: { enabled: false },
  session: { expiresIn: 60 * 60 * 24 * 30, updateAge: 60 * 60 * 24, cookieCache: { enabled: false } },
  socialProviders: github ? { github } : {},
  account: { encryptOAuthTokens: true, accountLinking: { enabled: true, allowDifferentEmails: false } },
  rateLimit: { enabled: true, storage: "database", modelName: "rateLimit" },
  advanced: {
    database: { joins: true },
    useSecureCookies: env.BETTER_AUTH_URL.startsWith("https:"),
    defaultCookieAttributes: { httpOnly: true, sameSite: "lax" },
    ipAddress: { ipAddressHeaders: [env.CLIENT_IP_HEADER] },
  },
  // Organizations, members and invitations are written by this product's own services, where audit, mail and the last owner are
  // one transaction; the plugin's own endpoints for them would be a second way in.
  disabledPaths: ["/update-user", "/change-email", "/delete-user", "/is-username-available"],
  databaseHooks: {
    user: {
      create: {
        before: async (user) => ({
          data: {
            ...user,
            name: user.name || (user.email.split("@")[0] ?? ""),
            role: user.emailVerified && isPlatformAdminAddress(user.email) ? "admin" : "user",
          },
        }),
      },
    },
  },
  plugins: [
    organization({ allowUserToCreateOrganization: false, requireEmailVerificationOnInvitation: true }),
    admin({ defaultRole: "user", adminRoles: ["admin"] }),
    emailOTP({
      otpLength: 6,
      expiresIn: CODE_MINUTES * 60,
      allowedAttempts: 5,
      storeOTP: { hash: async (otp) => hmac(env.BETTER_AUTH_SECRET, "sign-in-code", otp) },
      sendVerificationOTP: async ({ email, otp }) => {
        await takePoint(codesForOneAddress, email.toLowerCase());
        const message = createElement(SignInCodeMail, { code: otp, minutes: CODE_MINUTES });
        await sendMail({
          to: email,
          subject: `${otp} is your Sidecar sign-in code`,
          html: await render(message),
          text: await render(message, { plainText: true }),
        });
      },
    }),
    nextCookies(),
  ],
});
