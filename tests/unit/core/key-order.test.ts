import { expect, test } from "vitest";
import { compareKeys } from "@/lib/core/key-order";
import { seededRandom } from "../../support/seeded-random";

const byBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

test("keys are compared by the bytes of their UTF-8, where UTF-16 would put them the other way round", () => {
  expect(["\u{ffee}", "\u{1f600}"].toSorted()).toEqual(["\u{1f600}", "\u{ffee}"]);
  expect(compareKeys("\u{ffee}", "\u{1f600}")).toBeLessThan(0);
  expect(compareKeys("a", "a/")).toBeLessThan(0);
  expect(compareKeys("a/b", "a/b")).toBe(0);
});

test("random keys are sorted as their bytes are", () => {
  const random = seededRandom(4);
  const letters = ["a", "b", "/", "é", "\u{d7ff}", "\u{e000}", "\u{ffee}", "\u{10000}", "\u{1f600}", "\u{10ffff}"];
  const key = () => Array.from({ length: Math.floor(random() * 6) }, () => letters[Math.floor(random() * letters.length)]).join("");
  const keys = Array.from({ length: 2000 }, key);
  expect(keys.toSorted(compareKeys)).toEqual(keys.toSorted(byBytes));
});
