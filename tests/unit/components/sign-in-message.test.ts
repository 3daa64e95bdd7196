import { expect, test } from "vitest";
import { returnMessage, signInMessage } from "@/components/sign-in/sign-in-message";

test("the library's codes become sentences, whatever its own words are", () => {
  expect(signInMessage({ status: 400, code: "INVALID_OTP", message: "Invalid OTP" })).toMatch(/^That code is not the right one\./);
  expect(signInMessage({ status: 400, code: "OTP_EXPIRED" })).toMatch(/expired/);
  expect(signInMessage({ status: 403, code: "TOO_MANY_ATTEMPTS" })).toMatch(/no longer works/);
});

test("our own refusals keep their sentence", () => {
  expect(signInMessage({ status: 429, code: "RATE_LIMITED", message: "Too many codes." })).toBe("Too many codes.");
});

test("the network's limit, a lost connection and the unknown have sentences of their own", () => {
  expect(signInMessage({ status: 429, message: "Too many requests. Please try again later." })).toMatch(/from your network/);
  expect(signInMessage({ status: 0 })).toMatch(/could not be reached/);
  expect(signInMessage({ status: 500, message: "stack trace" })).not.toContain("stack trace");
});

test("an unknown reason from GitHub is not repeated to the person", () => {
  expect(returnMessage("<script>")).not.toContain("<script>");
  expect(returnMessage("access_denied")).toMatch(/cancelled/);
});
