/** Of sizes, the smallest first: the smallest that is at least that wide, else the largest. Undefined when there are none. */
export function pickVariant<T extends { width: number | null }>(variants: readonly T[], atLeast: number): T | undefined {
  return variants.find(({ width }) => (width ?? 0) >= atLeast) ?? variants.at(-1);
}
