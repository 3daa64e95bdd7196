/** UTF-16 puts U+E000 to U+FFFF behind the surrogates of larger code points, UTF-8 before them: this ranks a unit as UTF-8 does. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/**
 * Compares two object keys as a bucket's listing orders them, and PostgreSQL with COLLATE "C": by the bytes of their UTF-8.
 * Amazon S3 API Reference, ListObjectsV2: "in lexicographical order", "UTF-8 binary order".
 *
 * @returns negative, 0 or positive
 */
export function compareKeys(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index += 1) {
    const difference = rank(one.charCodeAt(index)) - rank(other.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}
