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

type Rgb = readonly [number, number, number];

// The two surfaces of each theme that are hardest on text, as in app/globals.css.
const SURFACES = {
  light: ["#f1ece2", "#fffdf9"],
  dark: ["#171512", "#2a2621"],
} as const;

const STEPS = 100;

function parseHex(hex: string): Rgb | null {
  const match = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(hex.trim());
  const digits = match?.[1];
  if (!digits) return null;
  const full = digits.length === 3 ? digits.replace(/./g, "$&$&") : digits;
  const value = Number.parseInt(full, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function toHex(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share, from[2] + (to[2] - from[2]) * share];
}

function luminance(rgb: Rgb): number {
  const linear = (part: number) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
}

/** WCAG 2.2 contrast ratio of two `#rgb` or `#rrggbb` colours, 1 to 21. Throws a RangeError for anything else. */
export function contrastRatio(first: string, second: string): number {
  const a = parseHex(first);
  const b = parseHex(second);
  if (!a || !b) throw new RangeError(`Not a hex colour: ${a ? second : first}`);
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

// Moves a colour towards black or white by the smallest step that reaches the ratio on every background.
function reach(colour: string, backgrounds: readonly string[], ratio: number, pole: Rgb): string {
  const start = parseHex(colour) ?? pole;
  for (let step = 0; step <= STEPS; step += 1) {
    const candidate = toHex(mix(start, pole, step / STEPS));
    if (backgrounds.every((background) => contrastRatio(candidate, background) >= ratio)) return candidate;
  }
  return toHex(pole);
}

// One of black and white always keeps 4.5:1 (the worst case is 4.58). White is preferred while it does.
function textOn(fill: string): string {
  return contrastRatio("#ffffff", fill) >= 4.5 ? "#ffffff" : "#000000";
}

function accentTheme(accent: string, theme: keyof typeof SURFACES): AccentTheme {
  const surfaces = SURFACES[theme];
  const pole: Rgb = theme === "light" ? [0, 0, 0] : [255, 255, 255];
  const fill = reach(accent, surfaces, 3, pole);
  const base = parseHex(theme === "light" ? "#faf7f1" : "#1f1c18") ?? pole;
  const soft = toHex(mix(base, parseHex(fill) ?? base, theme === "light" ? 0.12 : 0.2));
  const onFill = textOn(fill);
  const away = parseHex(onFill === "#ffffff" ? "#000000" : "#ffffff") ?? pole;
  const hover = toHex(mix(parseHex(fill) ?? base, away, 0.14));
  return { fill, hover, onFill, text: reach(fill, [...surfaces, soft], 4.5, pole), soft };
}

/**
 * Contrast-safe colours for any organization accent, in both themes. The brand colour is kept where it is legible and
 * moved towards black (light theme) or white (dark theme) no further than needed where it is not.
 * An accent that is not `#rgb` or `#rrggbb` falls back to the house accent, so the result may be written into CSS.
 */
export function resolveAccent(accent: string | null | undefined): { light: AccentTheme; dark: AccentTheme } {
  const parsed = accent ? parseHex(accent) : null;
  const safe = parsed ? toHex(parsed) : DEFAULT_ACCENT;
  return { light: accentTheme(safe, "light"), dark: accentTheme(safe, "dark") };
}
