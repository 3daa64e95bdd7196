import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { DEFAULT_ACCENT, resolveAccent, type AccentTheme } from "@/components/shell/accent";
import { contrastRatio } from "@/components/shell/colour";

const css = await readFile(path.join(import.meta.dirname, "../../../app/globals.css"), "utf8");

function tokens(selector: string): Record<string, string> {
  const block = css.split(`\n${selector} {`)[1]?.split("}")[0] ?? "";
  return Object.fromEntries(Array.from(block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g), (match) => [match[1] ?? "", match[2] ?? ""]));
}

const themes = { light: tokens(":root"), dark: tokens(".dark") };
const surfaces = ["paper", "surface", "sunken", "raised"] as const;

// Every hue at several lightnesses, the greys, and the corners: 599 accents.
const steps = ["00", "33", "66", "80", "99", "cc", "ff"];
const accents = [
  ...steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`))),
  ...Array.from({ length: 256 }, (_, grey) => `#${grey.toString(16).padStart(2, "0").repeat(3)}`),
];

function failures(theme: "light" | "dark", check: (colours: AccentTheme) => [ratio: number, needed: number][]): string[] {
  return accents.filter((accent) => check(resolveAccent(accent)[theme]).some(([ratio, needed]) => ratio < needed));
}

describe.each(["light", "dark"] as const)("an organization's accent in the %s theme", (theme) => {
  const grounds = surfaces.map((name) => themes[theme][name] ?? "");

  it("carries legible text, at rest and under the pointer", () => {
    expect(failures(theme, (c) => [c.fill, c.hover].map((fill) => [contrastRatio(c.onFill, fill), 4.5]))).toEqual([]);
  });

  it("is legible as text on every surface and on its own tint", () => {
    expect(failures(theme, (c) => [...grounds, c.soft].map((ground) => [contrastRatio(c.text, ground), 4.5]))).toEqual([]);
  });

  it("stands out from every surface as a fill", () => {
    expect(failures(theme, (c) => grounds.map((ground) => [contrastRatio(c.fill, ground), 3]))).toEqual([]);
  });

  it("leaves body text and muted text legible on its tint", () => {
    const texts = ["ink", "muted"].map((name) => themes[theme][name] ?? "");
    expect(failures(theme, (c) => texts.map((text) => [contrastRatio(text, c.soft), 4.5]))).toEqual([]);
  });

  it("is what the style sheet says for the house accent", () => {
    const { fill, hover, onFill, text, soft } = resolveAccent(DEFAULT_ACCENT)[theme];
    expect(themes[theme]).toMatchObject({
      accent: fill,
      "accent-hover": hover,
      "on-accent": onFill,
      "accent-text": text,
      "accent-soft": soft,
    });
  });

  it("stands beside tones that are legible on the surfaces and on their tints", () => {
    const colours = themes[theme];
    const pairs = [
      ...["ink", "muted"].flatMap((text) => grounds.map((ground) => [colours[text], ground])),
      ...["positive", "warning", "danger"].flatMap((tone) => [
        [colours[tone], colours[`${tone}-soft`]],
        [colours[tone], colours["surface"]],
        [colours["ink"], colours[`${tone}-soft`]],
      ]),
      [colours["on-danger"], colours["danger-fill"]],
      [colours["on-danger"], colours["danger-hover"]],
    ];
    expect(pairs.filter(([text = "", ground = ""]) => contrastRatio(text, ground) < 4.5)).toEqual([]);
  });
});

describe("resolveAccent", () => {
  it("keeps a brand colour that is legible as it is", () => {
    expect(resolveAccent("#1D4ED8").light).toMatchObject({ fill: "#1d4ed8", text: "#1d4ed8", onFill: "#ffffff" });
  });

  it("reads three digits and a missing hash", () => {
    expect(resolveAccent("06c")).toEqual(resolveAccent("#0066cc"));
  });

  it.each([null, undefined, "", "red", "#12", "#12345g", "#fff;}body{display:none"])("falls back to the house accent for %j", (accent) => {
    expect(resolveAccent(accent)).toEqual(resolveAccent(DEFAULT_ACCENT));
  });
});
