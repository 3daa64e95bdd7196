import { z } from "zod";

export const slugSchema = z
  .string()
  .trim()
  .min(2, "Use at least 2 characters.")
  .max(60, "Use at most 60 characters.")
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Use small letters, digits and single hyphens, such as first-steps.");

/** A slug for a title: accents dropped, words joined by hyphens, at most 60 characters. Empty when nothing of it can be kept. */
export function slugify(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");
}

/** The first of `slug`, `slug-2`, `slug-3` and so on that is not taken; a long one is shortened so that it stays within 60 characters. */
export function freeSlug(slug: string, taken: readonly string[]): string {
  const used = new Set(taken);
  let candidate = slug;
  for (let number = 2; used.has(candidate); number += 1) {
    const ending = `-${number}`;
    candidate = slug.slice(0, 60 - ending.length).replace(/-+$/, "") + ending;
  }
  return candidate;
}
