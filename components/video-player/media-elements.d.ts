import type { DetailedHTMLProps, HTMLAttributes } from "react";

type Element = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> & { class?: string };

// The custom elements of media-chrome that the player uses, and the attributes it sets.
declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "media-controller": Element & { nohotkeys?: boolean; autohide?: string };
      "media-control-bar": Element;
      "media-time-range": Element;
      "media-time-display": Element & { showduration?: boolean };
      "media-play-button": Element;
      "media-seek-backward-button": Element & { seekoffset?: string };
      "media-seek-forward-button": Element & { seekoffset?: string };
      "media-mute-button": Element;
      "media-volume-range": Element;
      "media-captions-button": Element;
      "media-pip-button": Element;
      "media-fullscreen-button": Element;
      "media-loading-indicator": Element;
    }
  }
}
