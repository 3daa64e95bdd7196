import "server-only";
import { AppError } from "../core/app-error";

/**
 * Refuses a state-changing request that another site's page sent. Browsers always send Origin with such requests, so a missing
 * one, or "null", is refused as well.
 *
 * @throws AppError FORBIDDEN
 */
export function assertSameOrigin(headers: Headers): void {
  const origin = headers.get("origin");
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  if (origin && host && URL.canParse(origin) && new URL(origin).host === host) return;
  throw new AppError("FORBIDDEN", "This request did not come from this site's own pages.", {
    log: `origin ${origin ?? "missing"} for host ${host ?? "missing"}`,
  });
}
