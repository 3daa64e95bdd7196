/**
 * Where to go after signing in: a path of this site, or the fallback. A browser reads "//host" and "/\host" as another site, drops
 * tabs and line breaks inside an address, and a path of the API is no page.
 */
export function safeNextPath(next: unknown, fallback = "/start"): string {
  if (typeof next !== "string" || next.length > 1000 || !/^\/(?![/\\])/.test(next) || /[\u0000-\u001f\u007f\\]/.test(next)) return fallback;
  const base = "http://site.invalid";
  if (!URL.canParse(next, base)) return fallback;
  const url = new URL(next, base);
  if (url.origin !== base || url.pathname.startsWith("//")) return fallback;
  if (/^\/(api|sign-in)(\/|$)/.test(url.pathname)) return fallback;
  return url.pathname + url.search + url.hash;
}
