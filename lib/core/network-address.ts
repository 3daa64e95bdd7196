const loopback = new Set(["127.0.0.1", "::1", "::"]);

/**
 * A client's address as a person would write it: IPv6 in its short form (RFC 5952), which a URL's host has. The sign-in library keeps
 * the first 64 bits only, so a visitor from this very machine is all zeros. Null when it is not known.
 */
export function shownAddress(address: string | null): string | null {
  if (!address) return null;
  const url = `http://[${address}]`;
  const short = address.includes(":") && URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : address;
  return loopback.has(short) ? "this computer" : short;
}
