"use client";
import { SpeedSelect } from "./speed-select";

/** Props of `PlayerControls`. */
export interface PlayerControlsProps {
  speed: number;
  onSpeed: (speed: number) => void;
  hasCaptions: boolean;
}

/** The controls inside a `media-controller`; on a phone only what a thumb needs. */
export function PlayerControls({ speed, onSpeed, hasCaptions }: PlayerControlsProps) {
  return (
    <>
      <media-loading-indicator slot="centered-chrome" />
      <media-control-bar class="player-bar flex w-full px-2">
        <media-time-range class="h-8 w-full" />
      </media-control-bar>
      <media-control-bar class="player-bar flex w-full items-center px-1 pb-1">
        <media-play-button />
        <media-seek-backward-button seekoffset="10" />
        <media-seek-forward-button seekoffset="10" />
        <media-mute-button class="max-sm:hidden" />
        <media-volume-range class="max-sm:hidden" />
        <media-time-display showduration class="text-sm tabular-nums" />
        <span className="grow" />
        <SpeedSelect speed={speed} onChange={onSpeed} />
        {hasCaptions ? <media-captions-button /> : null}
        <media-pip-button class="max-sm:hidden" />
        <media-fullscreen-button />
      </media-control-bar>
    </>
  );
}
