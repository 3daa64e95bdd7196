/** Seconds of a video for people: 65 -> "1:05", 3700 -> "1:01:40". Negative and NaN are shown as 0:00. */
export function formatDuration(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0;
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** The same with tenths of a second, for one frame among others: "0:01.4". */
export function formatMoment(seconds: number): string {
  const tenths = Math.floor(Math.max(0, seconds) * 10);
  return `${formatDuration(Math.floor(tenths / 10))}.${tenths % 10}`;
}

/** A length in words, in whole minutes: "under a minute", "12 min", "1 h 5 min". Seconds. */
export function formatLength(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return "under a minute";
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 ? `${hours} h` : "", rest > 0 ? `${rest} min` : ""].filter(Boolean).join(" ");
}

/** A moment so many milliseconds from now. */
export function fromNow(milliseconds: number): Date {
  return new Date(Date.now() + milliseconds);
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
