import { describe, expect, test } from "vitest";
import { formatMoment } from "@/lib/core/clock";
import { deviceName } from "@/lib/core/device-name";
import { expiryInWords } from "@/lib/core/expiry-in-words";
import { shownAddress } from "@/lib/core/network-address";

describe("expiry in words", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

  test.each([
    [7 * 24, "seven days"],
    [7 * 24 - 0.01, "seven days"],
    [36, "two days"],
    [35.9, "35 hours"],
    [2.5, "two hours"],
    [1, "one hour"],
    [0.5, "less than an hour"],
    [-3, "less than an hour"],
  ])("%d hours are %s", (hours, words) => {
    expect(expiryInWords(later(hours), now)).toBe(words);
  });
});

describe("the name of a device", () => {
  test.each([
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0",
      "Edge on Windows",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
      "Safari on iPhone",
    ],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"],
    [
      "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36",
      "Chrome on Android",
    ],
    ["curl/8.1", "Unknown device"],
    [null, "Unknown device"],
  ])("%s", (userAgent, name) => {
    expect(deviceName(userAgent)).toBe(name);
  });
});

test.each([
  ["203.0.113.9", "203.0.113.9"],
  ["2001:0db8:0000:0042:0000:0000:0000:0000", "2001:db8:0:42::"],
  ["0000:0000:0000:0000:0000:0000:0000:0000", "this computer"],
  ["127.0.0.1", "this computer"],
  ["", null],
  [null, null],
])("the address %j is shown as %j", (address, shown) => {
  expect(shownAddress(address)).toBe(shown);
});

test.each([
  [0, "0:00.0"],
  [1.999, "0:01.9"],
  [59.96, "0:59.9"],
  [3600.25, "1:00:00.2"],
])("a frame at %d seconds stands at %s", (seconds, moment) => expect(formatMoment(seconds)).toBe(moment));
