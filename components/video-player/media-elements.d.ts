import type { DetailedHTMLProps, HTMLAttributes } from "react";

type MediaElement = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> & { class?: string };

// The custom elements of media-chrome that the player uses, and the attributes it sets.
declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "media-controller": MediaElement & { nohotkeys?: boolean; autohide?: string };
      "media-control-bar": MediaElement;
      "media-time-range": MediaElement;
      "media-time-display": MediaElement & { showduration?: boolean; notoggle?: boolean };
      "media-play-button": MediaElement;
      "media-seek-backward-button": MediaElement & { seekoffset?: string };
      "media-seek-forward-button": MediaElement & { seekoffset?: string };
      "media-mute-button": MediaElement;
      "media-volume-range": MediaElement;
      "media-captions-button": MediaElement;
      "media-pip-button": MediaElement;
      "media-fullscreen-button": MediaElement;
      "media-loading-indicator": MediaElement;
    }
  }
}
