import { describe, expect, it } from "vitest";
import { changedFields } from "@/lib/core/changed-fields";
import { mergeFields } from "@/lib/core/merge-fields";
import { stableJson } from "@/lib/core/stable-json";

const same = (_key: string, left: unknown, right: unknown) => stableJson(left) === stableJson(right);

describe("mergeFields", () => {
  it("keeps what only one side changed, whichever it was, and mine where both did", () => {
    const base = { title: "A", summary: "B", level: "C", category: "D" };
    const mine = { title: "mine", summary: "B", level: "mine", category: "D" };
    const theirs = { title: "A", summary: "theirs", level: "theirs", category: "D" };
    expect(mergeFields({ base, mine, theirs }, same)).toEqual({ title: "mine", summary: "theirs", level: "mine", category: "D" });
  });

  it("lets what was typed during a save stand over the answer", () => {
    const sent = { title: "First", body: "B" };
    const answer = { title: "First, trimmed", body: "B, trimmed" };
    expect(mergeFields({ base: sent, mine: { title: "First and more", body: "B" }, theirs: answer }, same)).toEqual({
      title: "First and more",
      body: "B, trimmed",
    });
  });
});

describe("stableJson", () => {
  it("is the same text for the same value, in whatever order its keys are", () => {
    expect(stableJson({ b: [{ y: 1, x: 2 }], a: null })).toBe(stableJson({ a: null, b: [{ x: 2, y: 1 }] }));
    expect(stableJson([1, 2])).not.toBe(stableJson([2, 1]));
    expect(stableJson(undefined)).toBe("null");
  });
});

describe("changedFields", () => {
  it("gives both sides of what differs and nothing else", () => {
    expect(changedFields({ a: 1, b: { x: 1, y: 2 }, c: "same" }, { a: 2, b: { y: 2, x: 1 }, c: "same" })).toEqual({
      before: { a: 1 },
      after: { a: 2 },
    });
  });
});
