import { expect, test } from "vitest";
import { safeNextPath } from "@/lib/core/safe-path";

test.each(["/start", "/o/northwind/courses?category=first%20steps#top", "/invitations/0193", "/o/northwind/signature"])(
  "a path of this site is kept: %s",
  (next) => {
    expect(safeNextPath(next)).toBe(next);
  },
);

test.each([
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "https://evil.example/start",
  "https:evil.example",
  "javascript:alert(1)",
  "/\t/evil.example",
  "/\n/evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "start",
  "",
  "/api/auth/sign-out",
  "/sign-in?next=/sign-in",
  `/${"a".repeat(2000)}`,
])("another address leads to the start: %j", (next) => {
  expect(safeNextPath(next)).toBe("/start");
});

test.each([[undefined], [["/start", "/start"]], [7], [null]])("what is no text leads to the start: %j", (next) => {
  expect(safeNextPath(next)).toBe("/start");
});

test("the fallback is the caller's", () => {
  expect(safeNextPath("//evil.example", "/account")).toBe("/account");
});
