import type { Route } from "next";

// Within the app, or plainly elsewhere; never `javascript:` or a protocol-relative address.
function isRoute(href: string): href is Route {
  return /^(?:\/(?!\/)|[?#]|https?:\/\/|mailto:)/.test(href);
}

/** An address that is only known at run time, as the router and `next/link` want it. Throws a RangeError for one that is no address. */
export function toRoute(address: string): Route {
  const href = address;
  if (isRoute(href)) return href;
  throw new RangeError(`Not an address: ${address}`);
}
