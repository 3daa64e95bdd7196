import "server-only";
import { Pool } from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "../core/app-error";
import { logger } from "../core/logger";
import { env } from "../env";

/** `points` calls in `seconds`, counted for each key under `name`. */
export type RateLimit = { name: string; points: number; seconds: number };

function createPool(): Pool {
  const created = new Pool({ connectionString: env.DATABASE_URL, max: 3, connectionTimeoutMillis: 3_000, idleTimeoutMillis: 10_000 });
  created.on("error", (error) => logger.error({ err: error }, "rate limit pool"));
  return created;
}

const holder = globalThis as typeof globalThis & { sidecarLimiterPool?: Pool };
const limiters = new Map<string, RateLimiterPostgres>();

function limiterFor(limit: RateLimit): RateLimiterPostgres {
  const known = limiters.get(limit.name);
  if (known) return known;
  const created = new RateLimiterPostgres({
    storeClient: (holder.sidecarLimiterPool ??= createPool()),
    storeType: "pool",
    tableName: "rate_limiter",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: limit.name,
    points: limit.points,
    duration: limit.seconds,
  });
  limiters.set(limit.name, created);
  return created;
}

/**
 * Takes one point for `key`. All instances count together, in PostgreSQL.
 *
 * @throws AppError RATE_LIMITED with retryAfter (seconds) when none is left; UNAVAILABLE when the count can't be read: it fails closed.
 */
export async function takePoint(limit: RateLimit, key: string): Promise<void> {
  try {
    await limiterFor(limit).consume(key);
  } catch (reason) {
    if (reason instanceof RateLimiterRes) {
      const retryAfter = Math.max(1, Math.ceil(reason.msBeforeNext / 1000));
      throw new AppError("RATE_LIMITED", `That was a little too often. Try again in ${retryAfter} seconds.`, { retryAfter });
    }
    throw new AppError("UNAVAILABLE", "This can't be checked right now, so it was not done. Try again in a minute.", {
      cause: reason,
      log: `rate limit ${limit.name} failed`,
      retryAfter: 30,
    });
  }
}
