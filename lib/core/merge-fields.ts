/**
 * Joins two edits of one thing, field by field: `base` is what both began with. A field that only they changed becomes theirs; a field
 * that I changed stays mine, also where both changed it.
 *
 * @param same whether two values of a field mean the same
 */
export function mergeFields<T extends Record<string, unknown>>(
  { base, mine, theirs }: { base: T; mine: T; theirs: T },
  same: <K extends keyof T>(key: K, left: T[K], right: T[K]) => boolean,
): T {
  const merged = { ...theirs };
  for (const key of Object.keys(mine) as (keyof T)[]) {
    if (!same(key, base[key], mine[key])) merged[key] = mine[key];
  }
  return merged;
}
