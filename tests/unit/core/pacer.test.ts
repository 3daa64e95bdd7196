import { expect, test } from "vitest";
import { createPacer } from "@/lib/core/pacer";

/** A clock that only waiting moves on. */
function paced(bytesPerSecond: number | null) {
  let now = 1_000_000;
  const waited: number[] = [];
  const wait = async (milliseconds: number) => {
    waited.push(milliseconds);
  };
  const pace = createPacer(bytesPerSecond, { now: () => now, wait });
  return { pace, waited, pass: (milliseconds: number) => (now += milliseconds) };
}

test("each call waits for the time of all that was let through before it, however many ask at once", async () => {
  const { pace, waited } = paced(1000);
  await Promise.all([pace(500), pace(2000), pace(1), pace(1)]);
  expect(waited).toEqual([500, 2500, 2501]);
});

test("time that passed without a byte is not saved up", async () => {
  const { pace, waited, pass } = paced(1000);
  await pace(1000);
  pass(60_000);
  await pace(1000);
  await pace(1000);
  expect(waited).toEqual([1000]);
});

test("without a rate nothing waits", async () => {
  const { pace, waited } = paced(null);
  await pace(10 ** 12);
  expect(waited).toEqual([]);
});
