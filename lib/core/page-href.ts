type Query = Record<string, string | number | undefined>;

/** An address with these search parameters; what is undefined or empty is left out. */
export function hrefWith(path: string, query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== "") params.set(name, String(value));
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

/** The addresses of the pages before and after this one, where there are such pages. The first page has no number. */
export function pageHrefs(path: string, query: Query, list: { page: number; pageSize: number; total: number }) {
  const to = (page: number) => hrefWith(path, { ...query, page: page > 1 ? page : undefined });
  return {
    previousHref: list.page > 1 ? to(list.page - 1) : undefined,
    nextHref: list.page * list.pageSize < list.total ? to(list.page + 1) : undefined,
  };
}
