import { expect, test } from "vitest";
import { shortFileName, splitFileName } from "@/components/ui/short-file-name";

const long = "All hands with the whole team, recorded on a Tuesday 2026-11-20 at 10.42.mp4";
const family = "👩‍👩‍👧‍👦";

test("a short name stays as it is, in a line and in a sentence", () => {
  expect(splitFileName("keynote.mp4")).toEqual(["keynote.mp4", ""]);
  expect(shortFileName("keynote.mp4")).toBe("keynote.mp4");
});

test("a long name keeps its end, where it differs from the next recording's", () => {
  expect(splitFileName(long)).toEqual([long.slice(0, -12), "at 10.42.mp4"]);
  expect(shortFileName(long)).toBe("All hands with the whole team, reco…at 10.42.mp4");
  expect(shortFileName(long)).toHaveLength(48);
});

test("an emoji counts as one letter and is never cut through", () => {
  expect(splitFileName(`${family.repeat(24)}.mp4`)).toEqual([`${family.repeat(24)}.mp4`, ""]);
  expect(splitFileName(`${family.repeat(40)}.mp4`)).toEqual([family.repeat(32), `${family.repeat(8)}.mp4`]);
  expect(shortFileName(`${family.repeat(60)}.mp4`)).toBe(`${family.repeat(35)}…${family.repeat(8)}.mp4`);
});
