import { describe, expect, test } from "vitest";
import { isUploadOriginAllowed, type UploadOriginRules } from "@/lib/policies/upload-origin";

const rules: UploadOriginRules = {
  appUrl: "https://academy.example.com/somewhere",
  production: true,
  previewPrefix: "",
  allowedDomains: ["sidecaronboarding.com", "www.sidecaronboarding.com"],
};
const allowed = (origin: string | null, change: Partial<UploadOriginRules> = {}) => isUploadOriginAllowed(origin, { ...rules, ...change });

describe("an origin that may upload", () => {
  test.each([
    "https://academy.example.com",
    "https://sidecaronboarding.com",
    "https://www.sidecaronboarding.com",
    "HTTPS://SidecarOnboarding.com",
    "https://sidecar-platform.vercel.app",
    "https://sidecar-git-main-team.vercel.app",
  ])("%s", (origin) => expect(allowed(origin)).toBe(true));

  test.each([
    null,
    "",
    "null",
    "https://evil.com",
    "http://sidecaronboarding.com",
    "https://sidecaronboarding.com.evil.com",
    "https://evil-sidecaronboarding.com",
    "https://sidecaronboardingXcom",
    "https://sub.sidecaronboarding.com",
    "https://sidecaronboarding.com:8443",
    "https://evil.com/.vercel.app",
    "https://a.b.vercel.app",
    "https://.vercel.app",
    "https://evil.com#x.vercel.app",
    "https://x.vercel.app\nhttps://evil.com",
    "http://x.vercel.app",
    "file://",
  ])("is not %j", (origin) => expect(allowed(origin)).toBe(false));
});

test("localhost may upload on any port, and only outside of production", () => {
  expect(allowed("http://localhost:3100", { production: false })).toBe(true);
  expect(allowed("http://localhost:3100")).toBe(false);
  for (const origin of ["http://localhost", "https://localhost:3000", "http://localhost:3000.evil.com", "http://127.0.0.1:3000"]) {
    expect(allowed(origin, { production: false })).toBe(false);
  }
});

test("a preview prefix narrows the previews to one project's", () => {
  const narrow = { previewPrefix: "sidecar" };
  expect(allowed("https://sidecar.vercel.app", narrow)).toBe(true);
  expect(allowed("https://sidecar-git-main.vercel.app", narrow)).toBe(true);
  for (const origin of [
    "https://sidecars.vercel.app",
    "https://other-sidecar.vercel.app",
    "https://sidecar-.vercel.app",
    "https://other.vercel.app",
  ]) {
    expect(allowed(origin, narrow)).toBe(false);
  }
  expect(allowed("https://axb.vercel.app", { previewPrefix: "a.b" })).toBe(false);
});

test("an empty list of domains allows no domain", () => {
  expect(allowed("https://sidecaronboarding.com", { allowedDomains: [] })).toBe(false);
  expect(allowed("https://", { allowedDomains: [""] })).toBe(false);
});
