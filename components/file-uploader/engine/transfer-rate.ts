export type TransferRate = {
  /** Bytes a second, smoothed; null until there is something to go by */
  bytesPerSecond: number | null;
  secondsLeft: number | null;
};

/** Seconds after which an observation counts for a third of what it did. */
const MEMORY = 4;
/** Closer observations say more of the browser's buffers than of the line. */
const SHORTEST = 0.25;

/**
 * Follows how fast bytes leave. Give it every progress event.
 *
 * @returns a function of (bytes sent so far, bytes in all, now in milliseconds)
 */
export function createTransferRate(): (sent: number, total: number, now: number) => TransferRate {
  let last: { sent: number; at: number } | null = null;
  let rate: number | null = null;
  return (sent, total, now) => {
    const seconds = last ? (now - last.at) / 1000 : 0;
    if (!last || sent < last.sent) {
      last = { sent, at: now };
    } else if (seconds >= SHORTEST) {
      const current = (sent - last.sent) / seconds;
      const weight = 1 - Math.exp(-seconds / MEMORY);
      rate = rate === null ? current : rate + weight * (current - rate);
      last = { sent, at: now };
    }
    return { bytesPerSecond: rate, secondsLeft: rate ? Math.ceil((total - sent) / rate) : null };
  };
}

/** Seconds left, for people: rounded more the further away the end is. */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 5) return "a few seconds left";
  if (seconds < 60) return `about ${Math.ceil(seconds / 5) * 5} seconds left`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return minutes === 1 ? "about a minute left" : `about ${minutes} minutes left`;
  const hours = Math.round(minutes / 60);
  return hours === 1 ? "about an hour left" : `about ${hours} hours left`;
}
