import { z } from "zod";

/** A page of a list. `page` counts from 1. */
export type Page<T> = { items: T[]; total: number; page: number; pageSize: number };

/** Reads `page` from an address: anything that is no page number is the first page. */
export const pageNumberSchema = z.coerce.number().int().min(1).max(100_000).catch(1);

/** "26 to 50 of 312", for people. */
export function pageSummary({ items, total, page, pageSize }: Page<unknown>): string {
  const first = (page - 1) * pageSize + 1;
  return items.length === 0 ? `0 of ${total}` : `${first} to ${first + items.length - 1} of ${total}`;
}
