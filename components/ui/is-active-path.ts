/**
 * Whether a navigation entry stands for the page in view: the same path, or (unless `exact`) one below it.
 * The entry's query is ignored, a trailing slash too.
 */
export function isActivePath(pathname: string, href: string, exact = false): boolean {
  const target = (href.split(/[?#]/, 1)[0] ?? "").replace(/\/+$/, "") || "/";
  const current = pathname.replace(/\/+$/, "") || "/";
  if (current === target) return true;
  return !exact && current.startsWith(`${target}/`);
}
