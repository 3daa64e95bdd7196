"use client";
// Importing an element of media-chrome defines it.
import "./load-media-elements";
import { useCallback, useEffect, type RefObject } from "react";
import { createPortal } from "react-dom";
import { usePlayerKeys, type PlayerCommand } from "@/hooks/use-player-keys";
import { usePlayerReport } from "@/hooks/use-player-report";
import { useSignedSource } from "@/hooks/use-signed-source";
import { useStoredSetting } from "@/hooks/use-stored-setting";
import { PlayerControls } from "./player-controls";
import { PlayerEnd, PlayerProblem } from "./player-overlay";
import { ResumeNotice } from "./resume-notice";
import { runCommand } from "./run-command";
import { ShortcutHelp } from "./shortcut-help";
import { stepSpeed } from "./speed-select";
import { useEnded } from "./use-ended";
import { useResume } from "./use-resume";
import type { VideoPlayerProps } from "./video-player";

/** Props of `PlayerEngine`: those of the player, and what the player has put on the page. */
export interface PlayerEngineProps extends Omit<VideoPlayerProps, "title" | "poster" | "captions"> {
  videoRef: RefObject<HTMLVideoElement | null>;
  /** The media-controller; our controls are put into it. */
  frame: HTMLElement;
  hasCaptions: boolean;
}

/** All that makes a video a lesson's player. It renders the controls into the frame, and its own row below it. */
export function PlayerEngine({ videoRef, frame, org, source, positionMs, recording, next, hasCaptions, onOutcome }: PlayerEngineProps) {
  const [storedSpeed, setSpeed] = useStoredSetting("sidecar.playback-speed");
  const [keys, setKeys] = useStoredSetting("sidecar.player-keys");
  const speed = Number(storedSpeed ?? 1) || 1;

  useEffect(() => {
    const video = videoRef.current;
    if (!video) return;
    video.defaultPlaybackRate = speed;
    video.playbackRate = speed;
  }, [speed, videoRef]);

  const ended = useEnded(videoRef);
  const { resumedAt, resumeAt, startOver } = useResume(videoRef, positionMs);
  const { problem, retry } = useSignedSource(videoRef, { org, mediaFileId: source.mediaFileId, source });
  usePlayerReport(videoRef, recording && { org, ...recording, mediaFileId: source.mediaFileId, onAdopted: resumeAt, onOutcome });

  const command = useCallback(
    (asked: PlayerCommand) => {
      if (!videoRef.current) return;
      if (asked === "slower" || asked === "faster") setSpeed(String(stepSpeed(speed, asked === "faster" ? 1 : -1)));
      else runCommand(videoRef.current, asked);
    },
    [speed, setSpeed, videoRef],
  );
  usePlayerKeys(frame, keys !== "off", command);

  const inFrame = (
    <>
      <PlayerControls speed={speed} onSpeed={(chosen) => setSpeed(String(chosen))} hasCaptions={hasCaptions} />
      {problem ? <PlayerProblem problem={problem} onRetry={retry} /> : null}
      {ended && !problem ? <PlayerEnd next={next} onReplay={startOver} /> : null}
    </>
  );
  return (
    <>
      {createPortal(inFrame, frame)}
      <div className="flex items-center justify-between gap-4 sm:min-h-8">
        {resumedAt === null ? <span /> : <ResumeNotice positionMs={resumedAt} onStartOver={startOver} />}
        <ShortcutHelp enabled={keys !== "off"} onChange={(on) => setKeys(on ? "on" : "off")} />
      </div>
    </>
  );
}
