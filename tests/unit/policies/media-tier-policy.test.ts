import { describe, expect, test } from "vitest";
import { isAtHand, nextTierStep, tierWish, videoTier, type TierFile, type TierStep, type TierWish } from "@/lib/policies/media-tier-policy";

const then = new Date("2026-11-23T00:00:00Z");
const atHand: TierFile = { state: "READY", tier: "STANDARD", storageClass: null, tierChangedAt: null, place: "main" };
const leaving: TierFile = { ...atHand, tier: "ARCHIVED" };
const inArchive: TierFile = { ...leaving, place: "archive", tierChangedAt: then };
const frozen: TierFile = { ...leaving, storageClass: "GLACIER", tierChangedAt: then };

describe("the next step of a file", () => {
  test.each<[string, TierFile, TierWish, "place" | "class" | null, TierStep]>([
    ["rests at hand", atHand, "HAND", "place", "none"],
    ["is announced before it goes", atHand, "COLD", "place", "begin"],
    ["waits while another provider's bucket has it", { ...atHand, place: "other" }, "COLD", "place", "none"],
    ["stays without cold storage", atHand, "COLD", null, "none"],
    ["is copied", leaving, "COLD", "place", "copy-out"],
    ["turns round before the row names the archive", leaving, "HAND", "place", "leave-archive"],
    ["turns round when cold storage is no longer set up", leaving, "COLD", null, "leave-archive"],
    ["leaves the main bucket", { ...inArchive, tierChangedAt: null }, "COLD", "place", "leave-main"],
    ["rests in the archive", inArchive, "COLD", "place", "none"],
    ["rests in the archive once it is released", { ...inArchive, state: "RELEASED" }, "ANY", "place", "none"],
    ["comes back whatever is set up by now", inArchive, "HAND", "class", "bring-in"],
    ["leaves the archive", { ...leaving, tier: "RESTORING" }, "HAND", "place", "leave-archive"],
    ["goes out again instead", { ...leaving, tier: "RESTORING" }, "COLD", "place", "copy-out"],
    ["changes its class", atHand, "COLD", "class", "class"],
    ["rests in its class", frozen, "COLD", "class", "none"],
    ["is asked back from its class, whatever is set up by now", frozen, "HAND", "place", "class"],
    ["is looked at, in case that a copy was late", atHand, "HAND", "class", "look"],
    ["is cleared after its purge", { ...leaving, state: "PURGED" }, "ANY", "place", "clear"],
    ["is nobody's business while it is uploaded", { ...atHand, state: "PENDING" }, "COLD", "place", "none"],
  ])("%s", (_what, file, wish, target, step) => {
    expect(nextTierStep(file, wish, target)).toBe(step);
  });
});

test("a file is wanted cold when all of its lessons want it so", () => {
  expect(tierWish({ lessons: 2, coldLessons: 2 })).toBe("COLD");
  expect(tierWish({ lessons: 2, coldLessons: 1 })).toBe("HAND");
  expect(tierWish({ lessons: 0, coldLessons: 0 })).toBe("ANY");
});

test("only a class that must be restored keeps a file from its player", () => {
  expect(isAtHand(inArchive)).toBe(true);
  expect(isAtHand({ tier: "ARCHIVED", storageClass: "GLACIER_IR" })).toBe(true);
  expect(isAtHand(frozen)).toBe(false);
  expect(isAtHand({ tier: "RESTORING", storageClass: "DEEP_ARCHIVE" })).toBe(false);
});

test("people are told where a video is, and where it is going", () => {
  expect(videoTier(atHand, "HAND")).toBe("at-hand");
  expect(videoTier(atHand, "COLD")).toBe("leaving");
  expect(videoTier(inArchive, "COLD")).toBe("cold");
  expect(videoTier(inArchive, "HAND")).toBe("returning");
});
