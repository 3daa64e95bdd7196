import type { CSSProperties } from "react";

/** Our tokens under media-chrome's names. Over a picture the controls are light on dark in both themes. */
export const playerStyle: CSSProperties & Record<`--${string}`, string> = {
  "--media-primary-color": "#ffffff",
  "--media-secondary-color": "transparent",
  "--media-control-background": "transparent",
  "--media-control-hover-background": "rgb(255 255 255 / 0.15)",
  "--media-control-height": "24px",
  "--media-button-icon-width": "24px",
  "--media-button-icon-height": "24px",
  "--media-font-family": "var(--font-sans)",
  "--media-font-size": "14px",
  "--media-range-track-height": "4px",
  "--media-range-track-border-radius": "2px",
  "--media-range-track-background": "rgb(255 255 255 / 0.3)",
  "--media-range-bar-color": "#ffffff",
  "--media-time-range-buffered-color": "rgb(255 255 255 / 0.35)",
  "--media-range-thumb-background": "#ffffff",
  "--media-focus-box-shadow": "inset 0 0 0 2px #ffffff",
  "--media-tooltip-display": "none",
};
