import { expect, test } from "vitest";
import { prefixMoveSchema } from "@/lib/schemas/storage-move";

test("a prefix moves to another one that ends with a slash as well", () => {
  expect(prefixMoveSchema.safeParse({ from: "organizations/a/", to: "tenants/a-1.b/private/" }).success).toBe(true);
});

test.each([
  ["organizations/a", "organizations/b/"],
  ["organizations/a/", "organizations/a/b/"],
  ["organizations/a/b/", "organizations/a/"],
  ["organizations/a/", "organizations/a/"],
  ["trash/a/", "organizations/a/"],
  ["organizations/a/", "exports/"],
  ["organizations/../", "organizations/a/"],
  ["organizations//a/", "organizations/a/"],
  ["/", "organizations/a/"],
  ["", "organizations/a/"],
])("nothing moves from %j to %j", (from, to) => {
  expect(prefixMoveSchema.safeParse({ from, to }).success).toBe(false);
});
