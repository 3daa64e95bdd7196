const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

const relative = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });

/** Time from `now` to `value` for people: "in 3 days", "yesterday", "just now" within 45 seconds. Both in milliseconds. */
export function relativeTime(value: number, now: number): string {
  const seconds = Math.round((value - now) / 1000);
  const size = Math.abs(seconds);
  if (size < 45) return "just now";
  for (const [unit, length] of UNITS) {
    if (size >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  return relative.format(Math.sign(seconds), "minute");
}
