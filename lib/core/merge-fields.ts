/**
 * Joins two edits of one thing, field by field: `base` is what both began with. A field that only they changed becomes theirs; a field
 * that I changed stays mine, also where both changed it.
 *
 * @param same whether two values of a field mean the same; by default, equal as JSON
 */
export function mergeFields<T extends Record<string, unknown>>(
  base: T,
  mine: T,
  theirs: T,
  same: (key: keyof T, left: T[keyof T], right: T[keyof T]) => boolean = sameAsJson,
): T {
  const merged = { ...theirs };
  for (const key of Object.keys(mine) as (keyof T)[]) {
    if (!same(key, base[key], mine[key])) merged[key] = mine[key];
  }
  return merged;
}

function sameAsJson(_key: unknown, left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
