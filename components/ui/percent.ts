/** A whole percentage from 0 to 100. Never 100 before all is done, never 0 once something is. Anything else is 0. */
export function wholePercent(value: number, max = 100): number {
  if (!(max > 0) || !(value > 0)) return 0;
  if (value >= max) return 100;
  return Math.min(99, Math.max(1, Math.round((value / max) * 100)));
}
