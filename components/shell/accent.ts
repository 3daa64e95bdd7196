import { contrastRatio, fromOklab, mix, parseHex, toHex, toOklab, type Rgb } from "./colour";

/** The house accent, a deep spruce, used where an organization has not chosen one. */
export const DEFAULT_ACCENT = "#1d5b50";

/** Accent colours for one theme, all `#rrggbb`. */
export interface AccentTheme {
  /** Fill of buttons, progress and selected controls: at least 3:1 on the page (WCAG 1.4.11). */
  fill: string;
  /** `fill` under the pointer. */
  hover: string;
  /** Text on `fill` and on `hover`: at least 4.5:1. */
  onFill: string;
  /** The accent as text: at least 4.5:1 on every surface of the theme and on `soft`. */
  text: string;
  /** A quiet tint for selected rows and badges. */
  soft: string;
}

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

// `surfaces`: the two that are hardest on text, as in app/globals.css. `tint`: what `soft` is mixed into, as far as
// `share`, while `muted` text stays legible on it. `text`: the ratio aimed at; coloured text on dark needs more than the 4.5 of WCAG
// to read as well as it does on paper.
const THEMES = {
  light: { surfaces: ["#f1ece2", "#fffdf9"], pole: 0, tint: [250, 247, 241], share: 0.12, muted: "#665f54", text: 4.5 },
  dark: { surfaces: ["#171512", "#2a2621"], pole: 1, tint: [31, 28, 24], share: 0.2, muted: "#a9a092", text: 6 },
} as const;

const STEPS = 100;

// Moves the lightness towards black (0) or white (1) by the smallest step that reaches the ratio on every background.
function reach(colour: Rgb, backgrounds: readonly string[], ratio: number, pole: 0 | 1): Rgb {
  const [lightness, a, b] = toOklab(colour);
  const legible = (candidate: Rgb) => backgrounds.every((background) => contrastRatio(toHex(candidate), background) >= ratio);
  if (legible(colour)) return colour;
  for (let step = 1; step < STEPS; step += 1) {
    const candidate = fromOklab([lightness + ((pole - lightness) * step) / STEPS, a, b]);
    if (legible(candidate)) return candidate;
  }
  return pole === 0 ? BLACK : WHITE;
}

function tintOf(fill: Rgb, tint: Rgb, share: number, muted: string): string {
  const soft = toHex(mix(tint, fill, share));
  return contrastRatio(muted, soft) >= 4.5 ? soft : tintOf(fill, tint, share - 0.01, muted);
}

function accentTheme(accent: Rgb, { surfaces, pole, tint, share, muted, text }: (typeof THEMES)["light" | "dark"]): AccentTheme {
  const fill = reach(accent, surfaces, 3, pole);
  // One of black and white always keeps 4.5:1 (the worst case is 4.58). White is preferred while it does.
  const white = contrastRatio("#ffffff", toHex(fill)) >= 4.5;
  const soft = tintOf(fill, tint, share, muted);
  return {
    fill: toHex(fill),
    // Away from the text, so that the text gains contrast.
    hover: toHex(mix(fill, white ? BLACK : WHITE, 0.14)),
    onFill: white ? "#ffffff" : "#000000",
    text: toHex(reach(fill, [...surfaces, soft], text, pole)),
    soft,
  };
}

/**
 * Contrast-safe colours for any organization accent, in both themes. The brand colour is kept where it is legible, and
 * made darker (light theme) or lighter (dark theme) no further than needed where it is not; its hue stays.
 * An accent that is not `#rgb` or `#rrggbb` falls back to the house accent, so the result may be written into CSS.
 */
export function resolveAccent(accent: string | null | undefined): { light: AccentTheme; dark: AccentTheme } {
  const colour = parseHex(accent ?? "") ?? parseHex(DEFAULT_ACCENT) ?? BLACK;
  return { light: accentTheme(colour, THEMES.light), dark: accentTheme(colour, THEMES.dark) };
}
