/** Where a paged list is, in words: "25 to 48 of 60 courses". `page` counts from 1, `noun` is the plural. */
export function pageSummary({ page, pageSize, total }: { page: number; pageSize: number; total: number }, noun: string): string {
  const from = (page - 1) * pageSize + 1;
  const to = Math.min(total, page * pageSize);
  return from <= to ? `${from} to ${to} of ${total} ${noun}` : `0 of ${total} ${noun}`;
}
