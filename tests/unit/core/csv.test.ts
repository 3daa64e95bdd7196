import { expect, test } from "vitest";
import { csvLine } from "@/lib/core/csv";

test("a line ends as RFC 4180 says, and cells that need it are quoted", () => {
  expect(csvLine(["plain", "a,b", 'say "so"', "two\nlines", null, ""])).toBe('plain,"a,b","say ""so""","two\nlines",,\r\n');
});

test.each(["=1+1", "+1", "-1", "@x"])("%s is no formula any more", (value) => {
  expect(csvLine([value])).toBe(`"'${value}"\r\n`);
});
