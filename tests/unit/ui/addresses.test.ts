import { describe, expect, it } from "vitest";
import { isActivePath } from "@/components/ui/is-active-path";
import { toRoute } from "@/components/ui/route";

describe("isActivePath", () => {
  it.each([
    ["/o/acme/admin", "/o/acme/admin", false, true],
    ["/o/acme/admin/", "/o/acme/admin", true, true],
    ["/o/acme/admin/courses/7", "/o/acme/admin/courses", false, true],
    ["/o/acme/admin/courses/7", "/o/acme/admin/courses?state=draft", false, true],
    ["/o/acme/admin/courses", "/o/acme/admin", true, false],
    ["/o/acme-two", "/o/acme", false, false],
    ["/courses", "/", false, false],
    ["/", "/", false, true],
  ])("on %s, %s (exact: %s) is active: %s", (pathname, href, exact, active) => {
    expect(isActivePath(pathname, href, exact)).toBe(active);
  });
});

describe("toRoute", () => {
  it.each(["/", "/o/acme?q=1#top", "?page=2", "#main", "https://example.test/x", "mailto:a@example.test"])("takes %s", (address) => {
    expect(toRoute(address)).toBe(address);
  });

  it.each(["javascript:alert(1)", "//evil.test", "data:text/html,x", "courses", ""])("refuses %j", (address) => {
    expect(() => toRoute(address)).toThrow(RangeError);
  });
});
