import { beforeEach, describe, expect, test, vi } from "vitest";

vi.mock("@/lib/clients/store-place", () => ({ mainPlace: {}, replicaPlace: null }));
vi.mock("@/lib/core/logger", () => ({ logger: { warn: () => undefined } }));
const { StoreHealth } = await import("@/lib/clients/store-health");

let now: number;
let answers: boolean[];
let asked: number;
let health: InstanceType<typeof StoreHealth>;

/** A store that gives these answers, the last one for ever. */
function storeAnswering(...given: boolean[]): void {
  answers = given;
}

/** Lets what goes on in the background come to its end. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  now = 1_000_000;
  asked = 0;
  health = new StoreHealth(
    async () => {
      asked += 1;
      return (answers.length > 1 ? answers.shift() : answers[0]) ?? true;
    },
    () => now,
  );
});

describe("what a process believes of the main store", () => {
  test("is asked for once, however many pages ask, and waited for only the first time", async () => {
    storeAnswering(true);
    expect(health.checkedAt).toBeNull();
    expect(await Promise.all([health.isUp(), health.isUp(), health.isUp()])).toEqual([true, true, true]);
    expect(asked).toBe(1);
    now += 14_000;
    await health.isUp();
    expect(asked).toBe(1);
    storeAnswering(false);
    now += 1_000;
    // The old verdict, at once; the new one for the next.
    expect(await health.isUp()).toBe(true);
    await settle();
    expect([await health.isUp(), asked]).toEqual([false, 3]);
    expect(health.checkedAt).toEqual(new Date(now));
  });

  test("turns to down by two failures in a row, and back by one answer", async () => {
    storeAnswering(false, true);
    expect(await health.isUp()).toBe(true);
    storeAnswering(false);
    now += 15_000;
    await health.isUp();
    await settle();
    expect(await health.isUp()).toBe(false);
    storeAnswering(true);
    now += 15_000;
    expect(await health.isUp()).toBe(false);
    await settle();
    expect(await health.isUp()).toBe(true);
  });

  test("is made anew for whoever could not read just now, but not more often than every two seconds", async () => {
    storeAnswering(true);
    await health.isUp();
    storeAnswering(false);
    expect(await health.isUp({ doubt: true })).toBe(true);
    now += 2_000;
    expect(await health.isUp({ doubt: true })).toBe(false);
    storeAnswering(true);
    now += 1_999;
    expect(await health.isUp({ doubt: true })).toBe(false);
    // A clock that was set back has no verdict that is too young.
    now -= 3_600_000;
    expect(await health.isUp({ doubt: true })).toBe(true);
  });
});
