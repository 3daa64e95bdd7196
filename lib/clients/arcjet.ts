import "server-only";
import arcjet, { detectBot, shield, slidingWindow, type ArcjetOptions } from "@arcjet/next";
import type { NextRequest } from "next/server";
import { AppError } from "../core/app-error";
import { env } from "../env";
import type { RateLimit } from "./limiter";

type Transport = ArcjetOptions<[], []>["client"];

/** Asks Arcjet about one request of one person. @throws AppError */
export type Shield = (request: NextRequest, userId: string) => Promise<void>;

/**
 * Attack patterns, bots and the same limit once more, decided by Arcjet. All rules are live: their default is to look on. Arcjet's own
 * library lets a request pass when it can't decide; here it does not.
 *
 * @param client in place of Arcjet's service
 */
export function createShield(key: string, limit: RateLimit, client?: Transport): Shield {
  const guard = arcjet({
    key,
    client,
    characteristics: ["userId"],
    rules: [
      shield({ mode: "LIVE" }),
      detectBot({ mode: "LIVE", allow: [] }),
      slidingWindow({ mode: "LIVE", interval: limit.seconds, max: limit.points }),
    ],
  });
  return async (request, userId) => {
    const ipSrc = request.headers.get(env.CLIENT_IP_HEADER)?.split(",")[0]?.trim() || undefined;
    const decision = await guard.protect(request, { userId, ipSrc });
    if (decision.isErrored() || decision.results.some(({ reason }) => reason.isError())) {
      throw new AppError("UNAVAILABLE", "This can't be checked right now, so it was not done. Try again in a minute.", {
        log: `arcjet could not decide ${limit.name}`,
        retryAfter: 30,
      });
    }
    if (!decision.isDenied()) return;
    if (decision.reason.isRateLimit()) {
      const retryAfter = Math.max(1, decision.reason.reset);
      throw new AppError("RATE_LIMITED", `That was a little too often. Try again in ${retryAfter} seconds.`, { retryAfter });
    }
    throw new AppError("FORBIDDEN", "This request looks automated, so it was not done.", {
      log: `arcjet denied: ${String(decision.reason.type)}`,
    });
  };
}

const shields = new Map<string, Shield>();

/** Asks Arcjet where ARCJET_KEY is set; without it the limiter in PostgreSQL decides alone. @throws AppError */
export async function askShield(limit: RateLimit, request: NextRequest, userId: string): Promise<void> {
  if (!env.ARCJET_KEY) return;
  const known = shields.get(limit.name) ?? createShield(env.ARCJET_KEY, limit);
  shields.set(limit.name, known);
  await known(request, userId);
}
