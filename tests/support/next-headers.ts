import { AsyncLocalStorage } from "node:async_hooks";

/** The headers of the request that a route is called with; see call-route.ts. */
export const requestHeaders = new AsyncLocalStorage<Headers>();

/** Stands in for next/headers outside of Next's server: `vi.mock("next/headers", () => import("../../support/next-headers"))`. */
export async function headers(): Promise<Headers> {
  return requestHeaders.getStore() ?? new Headers();
}

/** Read by the session library, which finds nothing to set here. */
export async function cookies(): Promise<Map<string, string>> {
  return new Map();
}
