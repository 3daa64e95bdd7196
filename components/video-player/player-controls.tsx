"use client";
import { SpeedSelect } from "./speed-select";

/** Props of `PlayerControls`. */
export interface PlayerControlsProps {
  speed: number;
  onSpeed: (speed: number) => void;
  hasCaptions: boolean;
}

// The page's reset outweighs the elements' own :host styles, so sizes are said here: a thumb's 44 px.
const button = "h-11 w-11 rounded-sm p-2.5";

/** The controls inside a `media-controller`; on a phone only what a thumb needs. */
export function PlayerControls({ speed, onSpeed, hasCaptions }: PlayerControlsProps) {
  return (
    <>
      <media-loading-indicator slot="centered-chrome" class="p-2.5" />
      <div className="pointer-events-none w-full bg-linear-to-t from-black/80 via-black/50 to-transparent pt-10 *:pointer-events-auto">
        <media-control-bar class="flex w-full px-3">
          <media-time-range class="h-6 w-full" />
        </media-control-bar>
        <media-control-bar class="flex w-full items-center px-1 pb-1 sm:px-2">
          <media-play-button class={button} />
          <media-seek-backward-button seekoffset="10" class={button} />
          <media-seek-forward-button seekoffset="10" class={button} />
          <media-mute-button class={`${button} max-sm:hidden`} />
          <media-volume-range class="h-11 w-24 px-2 max-sm:hidden" />
          <media-time-display showduration notoggle class="h-11 px-2 text-sm tabular-nums" />
          <span className="grow" />
          <SpeedSelect speed={speed} onChange={onSpeed} />
          {hasCaptions ? <media-captions-button class={button} /> : null}
          <media-pip-button class={`${button} max-sm:hidden`} />
          <media-fullscreen-button class={button} />
        </media-control-bar>
      </div>
    </>
  );
}
