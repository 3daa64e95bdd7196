type Query = Record<string, string | number | undefined>;

/** An address with these search parameters; what is undefined or empty is left out. */
export function hrefWith(path: string, query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== "") params.set(name, String(value));
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

type Place = { page: number; pageSize: number; total: number };

/** The address of one page of a list; the first has no number. */
const pageHref = (path: string, query: Query, page: number) => hrefWith(path, { ...query, page: page > 1 ? page : undefined });

/** The addresses of the pages before and after this one, where there are such pages. */
export function pageHrefs(path: string, query: Query, list: Place) {
  return {
    previousHref: list.page > 1 ? pageHref(path, query, list.page - 1) : undefined,
    nextHref: list.page * list.pageSize < list.total ? pageHref(path, query, list.page + 1) : undefined,
  };
}

/**
 * Where to go from a page that is past the end of its list, as the last page is once its only row is gone: the last page there is. Null
 * where the page exists; the first always does.
 */
export function hrefFromPastTheEnd(path: string, query: Query, { page, pageSize, total }: Place): string | null {
  const last = Math.max(1, Math.ceil(total / pageSize));
  return page > last ? pageHref(path, query, last) : null;
}
