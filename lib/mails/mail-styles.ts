import type { CSSProperties } from "react";

export const sans = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif";
export const mono = "ui-monospace, 'SF Mono', Menlo, Consolas, monospace";

/** Mail programs drop style sheets, so every element carries its own. Colours keep 4.5:1 on white. */
export const mailStyles = {
  text: { color: "#211e19", fontSize: 16, lineHeight: "26px", margin: "0 0 16px" },
  quiet: { color: "#665f54", fontSize: 14, lineHeight: "22px", margin: "0 0 16px" },
  link: { color: "#1d5b50", textDecoration: "underline", wordBreak: "break-all" },
} as const satisfies Record<string, CSSProperties>;
