import { expect, test } from "vitest";
import { freeSlug, slugSchema } from "@/lib/core/slug";

test("an address that is taken gets the next number, and stays a valid one however long it is", () => {
  expect(freeSlug("tour", ["tours"])).toBe("tour");
  expect(freeSlug("tour", ["tour", "tour-2", "tour-4"])).toBe("tour-3");
  const long = `${"a".repeat(57)}-bc`;
  expect(freeSlug(long, [long])).toBe(`${"a".repeat(57)}-2`);
  expect(slugSchema.safeParse(freeSlug(long, [long])).success).toBe(true);
});
