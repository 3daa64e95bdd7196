import { describe, expect, test } from "vitest";
import { pageNumberSchema, pageSummary } from "@/lib/core/page";
import { hrefFromPastTheEnd, hrefWith, pageHrefs } from "@/lib/core/page-href";

describe("addresses of a list", () => {
  test("what is empty or undefined is left out, and the rest is encoded", () => {
    expect(hrefWith("/people", { q: "ada & co", role: undefined, kind: "" })).toBe("/people?q=ada+%26+co");
    expect(hrefWith("/people", {})).toBe("/people");
  });

  test("a page in the middle has a page before and after it, and keeps the search", () => {
    expect(pageHrefs("/people", { q: "a" }, { page: 2, pageSize: 25, total: 60 })).toEqual({
      previousHref: "/people?q=a",
      nextHref: "/people?q=a&page=3",
    });
  });

  test("a list that fits exactly has no page after it", () => {
    expect(pageHrefs("/people", {}, { page: 2, pageSize: 25, total: 50 })).toEqual({ previousHref: "/people", nextHref: undefined });
  });

  test("a page past the end leads to the last one and keeps the search, a page that exists leads nowhere", () => {
    const query = { q: "a" };
    expect(hrefFromPastTheEnd("/people", query, { page: 3, pageSize: 25, total: 50 })).toBe("/people?q=a&page=2");
    expect(hrefFromPastTheEnd("/people", query, { page: 2, pageSize: 25, total: 25 })).toBe("/people?q=a");
    expect(hrefFromPastTheEnd("/people", query, { page: 9, pageSize: 25, total: 0 })).toBe("/people?q=a");
    expect(hrefFromPastTheEnd("/people", query, { page: 2, pageSize: 25, total: 26 })).toBeNull();
    expect(hrefFromPastTheEnd("/people", query, { page: 1, pageSize: 25, total: 0 })).toBeNull();
  });
});

describe("pages", () => {
  test.each(["0", "-1", "x", "1.5", "", undefined, "999999999"])("%j is the first page", (text) => {
    expect(pageNumberSchema.parse(text)).toBe(1);
  });

  test("the summary says where the page is", () => {
    expect(pageSummary({ items: Array.from({ length: 25 }), total: 312, page: 2, pageSize: 25 })).toBe("26 to 50 of 312");
    expect(pageSummary({ items: [], total: 3, page: 9, pageSize: 25 })).toBe("0 of 3");
  });
});
