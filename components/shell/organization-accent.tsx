import { resolveAccent, type AccentTheme } from "./accent";

function declarations({ fill, hover, onFill, text, soft }: AccentTheme): string {
  return `--accent:${fill};--accent-hover:${hover};--on-accent:${onFill};--accent-text:${text};--accent-soft:${soft}`;
}

/**
 * Gives the page an organization's accent, in both themes, dialogs and menus included (they live at the end of the body,
 * hence a style sheet and not a wrapper). Place it once in a tenant's layout. Nothing or a malformed colour keeps the house accent.
 */
export function OrganizationAccent({ accent }: { accent: string | null | undefined }) {
  if (!accent) return null;
  const { light, dark } = resolveAccent(accent);
  // `html` in front outranks the tokens in globals.css, wherever this sheet stands.
  return <style>{`html:root{${declarations(light)}}html.dark:root{${declarations(dark)}}`}</style>;
}
