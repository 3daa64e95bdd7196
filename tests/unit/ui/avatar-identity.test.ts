import { describe, expect, it } from "vitest";
import { AVATAR_COLOURS, colourIndexOf, initialsOf } from "@/components/ui/avatar-identity";

describe("initialsOf", () => {
  it.each([
    ["Ada Lovelace", "AL"],
    ["Anna Maria Luisa de Souza", "AS"],
    ["plato", "P"],
    ["sam.okafor@agency.test", "SO"],
    ["(Ørjan) Ås", "ØÅ"],
    ["李 伟", "李伟"],
    ["  ", "?"],
    ["👋", "?"],
  ])("writes %s as %s", (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe("colourIndexOf", () => {
  it("gives a name the same colour however it is typed", () => {
    expect(colourIndexOf(" ada lovelace ")).toBe(colourIndexOf("Ada Lovelace"));
  });

  it("uses every colour, about evenly", () => {
    const counts = Array.from({ length: AVATAR_COLOURS }, () => 0);
    for (let person = 0; person < 600; person += 1) {
      const index = colourIndexOf(`Person ${person}`);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(50);
    expect(counts).toHaveLength(AVATAR_COLOURS);
  });
});
