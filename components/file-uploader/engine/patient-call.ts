import { backOff, mostTries } from "./back-off";
import type { Clock, Connection } from "./doors";
import type { UploadApi } from "./upload-api";
import { untilSilent } from "./until-silent";
import { offlineFailure, UploadFailure } from "./upload-failure";

/** Why nothing happens for the moment. `seconds` when it is known how long. */
export type Wait = { reason: "limit" | "offline"; seconds: number | null };

export type PatientOptions = {
  clock: Clock;
  random: () => number;
  connection: Connection;
  signal: AbortSignal;
  /** Told when a wait begins, and with null when it is over */
  onWait: (wait: Wait | null) => void;
};

const passing = new Set<UploadFailure["code"]>(["OFFLINE", "UNAVAILABLE", "INTERNAL"]);

/** Waits for the line when it is known to be gone. @returns whether it was */
export async function waitForLine({
  connection,
  signal,
  onWait,
}: Pick<PatientOptions, "connection" | "signal" | "onWait">): Promise<boolean> {
  if (connection.isOnline()) return false;
  onWait({ reason: "offline", seconds: null });
  await connection.whenOnline(signal);
  onWait(null);
  return true;
}

/** Longer than the server takes for anything: the line is dead, though nobody said so; milliseconds. */
const SILENCE = 90_000;

/** One try, which ends as a lost line when nothing comes back: a machine that slept may never hear of its connections' end. */
async function answerOf<T>(call: (signal: AbortSignal) => Promise<T>, { clock, signal }: PatientOptions): Promise<T> {
  const calledAt = clock.now();
  const over = new AbortController();
  const silence = new AbortController();
  const silent = untilSilent(SILENCE, () => calledAt, clock, over.signal).then(() => {
    const lost = offlineFailure();
    silence.abort(lost);
    throw lost;
  });
  // Ended by the answer; otherwise the race hears of it.
  silent.catch(() => undefined);
  try {
    return await Promise.race([call(AbortSignal.any([signal, silence.signal])), silent]);
  } finally {
    over.abort();
  }
}

/**
 * Calls the server until it answers: waits out its limits for as long as it says, waits while the machine is offline, and tries what
 * fails in passing, or is never answered, as often as `mostTries` says.
 *
 * @param call given the signal of one try
 * @throws UploadFailure when it will not get better by waiting, or the signal's reason
 */
export async function callPatiently<T>(call: (signal: AbortSignal) => Promise<T>, options: PatientOptions): Promise<T> {
  const { clock, random, signal, onWait } = options;
  for (let failures = 0; ;) {
    signal.throwIfAborted();
    try {
      return await answerOf(call, options);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof UploadFailure)) throw error;
      const limited = error.code === "RATE_LIMITED";
      if (!limited && !passing.has(error.code)) throw error;
      if (error.code === "OFFLINE" && (await waitForLine(options))) continue;
      if (!limited) failures += 1;
      if (failures >= mostTries(error.code === "OFFLINE")) throw error;
      const delay = backOff(Math.max(1, failures), error.retryAfter ?? (limited ? 5 : null), random);
      const told = limited || error.retryAfter !== null;
      if (told) onWait({ reason: "limit", seconds: Math.ceil(delay / 1000) });
      await clock.wait(delay, signal);
      if (told) onWait(null);
    }
  }
}

/** Gives an upload up, for as long as it takes the server to hear of it. @throws UploadFailure when it does not */
export async function cancelPatiently(
  mediaFileId: string,
  doors: Omit<PatientOptions, "signal" | "onWait"> & { api: UploadApi },
): Promise<void> {
  const { signal } = new AbortController();
  await callPatiently(() => doors.api.cancel(mediaFileId), { ...doors, signal, onWait: () => undefined });
}
