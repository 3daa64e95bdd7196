import "server-only";
import pino from "pino";
import { env } from "../env";
import { currentRequestId } from "./request-context";

const secretNames = [
  "authorization",
  "cookie",
  "password",
  "secret",
  "token",
  "otp",
  "accessToken",
  "refreshToken",
  "idToken",
  "clientSecret",
  "secretAccessKey",
];

/** JSON lines on standard output. Secrets are redacted by name at the first three levels. */
export const logger = pino({
  level: env.LOG_LEVEL,
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[redacted]" },
  mixin: () => ({ requestId: currentRequestId() }),
});
