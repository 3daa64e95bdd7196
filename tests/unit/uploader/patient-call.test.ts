import { expect, test } from "vitest";
import { backOff } from "@/components/file-uploader/engine/back-off";
import { callPatiently, type Wait } from "@/components/file-uploader/engine/patient-call";
import { UploadFailure } from "@/components/file-uploader/engine/upload-failure";
import { createFakeClock } from "./fake-clock";

function patience({ online = true } = {}) {
  const fake = createFakeClock();
  const seen: (Wait | null)[] = [];
  const line = Promise.withResolvers<undefined>();
  const stop = new AbortController();
  const state = { online };
  const options = {
    clock: fake.clock,
    random: () => 0.5,
    connection: { isOnline: () => state.online, whenOnline: () => line.promise },
    signal: stop.signal,
    onWait: (wait: Wait | null) => seen.push(wait),
  };
  const comeBack = () => {
    state.online = true;
    line.resolve(undefined);
  };
  return { ...fake, options, seen, stop, comeBack };
}

/** Fails as told, one after the other, and then answers. */
function failing(...failures: UploadFailure[]) {
  const calls = { count: 0 };
  const call = async () => {
    const failure = failures[calls.count];
    calls.count += 1;
    if (failure) throw failure;
    return "answer";
  };
  return { call, calls };
}

const limited = new UploadFailure("RATE_LIMITED", "Too many.", { retryAfter: 20 });
const down = new UploadFailure("UNAVAILABLE", "The server is away.");
const lost = new UploadFailure("OFFLINE", "The connection was lost.");

test("waits grow, are spread over their whole range and end at 30 seconds; what the server asks for is the least", () => {
  expect([1, 2, 3, 7, 20].map((failures) => backOff(failures, null, () => 1))).toEqual([500, 1000, 2000, 30_000, 30_000]);
  expect(backOff(3, null, () => 0)).toBe(0);
  expect(backOff(1, 12, () => 0)).toBe(12_000);
  expect(backOff(1, 12, () => 1)).toBe(12_500);
});

test("a limit is waited out however often it is met, and the wait is told with its seconds", async () => {
  const { options, advance, seen } = patience();
  const { call, calls } = failing(...Array.from({ length: 12 }, () => limited));
  const answer = callPatiently(call, options);
  await advance(12 * 20_250 - 1);
  expect(calls.count).toBe(12);
  await advance(1);
  expect(await answer).toBe("answer");
  expect(seen.slice(0, 2)).toEqual([{ reason: "limit", seconds: 21 }, null]);
});

test("a server that stays away is given up after eight tries, with its own sentence", async () => {
  const { options, advance } = patience();
  const { call, calls } = failing(...Array.from({ length: 9 }, () => down));
  const answer = expect(callPatiently(call, options)).rejects.toBe(down);
  await advance(120_000);
  await answer;
  expect(calls.count).toBe(8);
});

test("a line that is gone for minutes, though nobody says so, is waited for", async () => {
  const { options, advance } = patience();
  const { call, calls } = failing(...Array.from({ length: 25 }, () => lost));
  const answer = callPatiently(call, options);
  await advance(600_000);
  expect(await answer).toBe("answer");
  expect(calls.count).toBe(26);
});

test("while the machine is offline nothing is tried, and no try is counted", async () => {
  const { options, advance, settled, seen, comeBack } = patience({ online: false });
  const { call, calls } = failing(lost);
  const answer = callPatiently(call, options);
  await advance(600_000);
  expect(calls.count).toBe(1);
  expect(seen).toEqual([{ reason: "offline", seconds: null }]);
  comeBack();
  await settled();
  expect(await answer).toBe("answer");
  expect(seen.at(-1)).toBeNull();
});

test("what does not get better by waiting is told at once, and stopping ends a wait", async () => {
  const { options, settled, stop, waits } = patience();
  const refused = new UploadFailure("FORBIDDEN", "No.");
  await expect(callPatiently(failing(refused).call, options)).rejects.toBe(refused);
  // Its own time, and no wait for another try.
  expect(waits).toEqual([90_000]);
  const answer = expect(callPatiently(failing(limited).call, options)).rejects.toMatchObject({ name: "AbortError" });
  await settled();
  stop.abort();
  await answer;
});

test("a call that is never answered is given up after a minute and a half, and made again", async () => {
  const { options, advance } = patience();
  const signals: AbortSignal[] = [];
  const answer = callPatiently((signal) => {
    signals.push(signal);
    return signals.length === 1 ? new Promise<string>(() => undefined) : Promise.resolve("answer");
  }, options);
  await advance(89_999);
  expect(signals).toHaveLength(1);
  await advance(1000);
  expect(await answer).toBe("answer");
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
});
