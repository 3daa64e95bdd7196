"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { usePlayerKeys, type PlayerCommand } from "@/hooks/use-player-keys";
import { usePlayerReport } from "@/hooks/use-player-report";
import { useSignedSource } from "@/hooks/use-signed-source";
import { useStoredSetting } from "@/hooks/use-stored-setting";
import type { PlaybackSource } from "@/lib/schemas/learner-course";
import { PlayerControls } from "./player-controls";
import { PlayerEnd, PlayerProblem } from "./player-overlay";
import { playerStyle } from "./player-style";
import type { SendOutcome } from "./progress-reporter";
import { ResumeNotice } from "./resume-notice";
import { runCommand } from "./run-command";
import { ShortcutHelp } from "./shortcut-help";
import { stepSpeed } from "./speed-select";
import { useResume } from "./use-resume";

/** Props of `VideoPlayer`. */
export interface VideoPlayerProps {
  /** The organization's slug. */
  org: string;
  /** Says what plays, for screen readers: the lesson's title. */
  title: string;
  source: PlaybackSource & { mediaFileId: string };
  poster: string | null;
  /** Where to resume; milliseconds. */
  positionMs: number;
  /** Text tracks, WebVTT; without any there is no captions button. */
  captions?: readonly { src: string; language: string; label: string }[];
  /** Whose progress is recorded; null in a preview. */
  recording: { enrolmentId: string; lessonId: string } | null;
  next: { href: string; title: string } | null;
  /** What the server said to a report. */
  onOutcome: (outcome: SendOutcome) => void;
}

/**
 * A lesson's video. The browser plays it with its own controls from the first byte of HTML; ours come when their script is there.
 */
export function VideoPlayer({ org, title, source, poster, positionMs, captions = [], recording, next, onOutcome }: VideoPlayerProps) {
  const frameRef = useRef<HTMLElement>(null);
  const videoRef = useRef<HTMLVideoElement>(null);
  const [enhanced, setEnhanced] = useState(false);
  const [ended, setEnded] = useState(false);
  const [storedSpeed, setSpeed] = useStoredSetting("sidecar.playback-speed");
  const [keys, setKeys] = useStoredSetting("sidecar.player-keys");
  const speed = Number(storedSpeed ?? 1) || 1;
  // React would write `src` again at each new signed address that the page is rendered with; the first one stays until it is renewed.
  const [firstUrl] = useState(source.url);

  useEffect(() => {
    let current = true;
    void import("./load-media-elements").then(() => {
      if (current) setEnhanced(true);
    });
    return () => {
      current = false;
    };
  }, []);

  useEffect(() => {
    if (!videoRef.current) return;
    videoRef.current.defaultPlaybackRate = speed;
    videoRef.current.playbackRate = speed;
  }, [speed]);

  const { resumedAt, resumeAt, startOver } = useResume(videoRef, positionMs);
  const { problem, retry } = useSignedSource(videoRef, { org, mediaFileId: source.mediaFileId, source });
  usePlayerReport(videoRef, recording && { org, ...recording, mediaFileId: source.mediaFileId, onAdopted: resumeAt, onOutcome });

  const command = useCallback(
    (asked: PlayerCommand) => {
      if (!videoRef.current) return;
      if (asked === "slower" || asked === "faster") setSpeed(String(stepSpeed(speed, asked === "faster" ? 1 : -1)));
      else runCommand(videoRef.current, asked);
    },
    [speed, setSpeed],
  );
  usePlayerKeys(frameRef, keys !== "off", command);

  return (
    <div className="grid gap-2">
      <div className="relative overflow-hidden max-sm:-mx-4 sm:rounded-lg">
        <media-controller ref={frameRef} nohotkeys style={playerStyle} class="block aspect-video w-full">
          <video
            ref={videoRef}
            slot="media"
            src={firstUrl}
            poster={poster ?? undefined}
            aria-label={title}
            controls={!enhanced}
            playsInline
            preload="metadata"
            crossOrigin={captions.length > 0 ? "anonymous" : undefined}
            className="block size-full"
            onEnded={() => setEnded(true)}
            onPlay={() => setEnded(false)}
            onSeeking={() => setEnded(false)}
          >
            {captions.map((track) => (
              <track key={track.language} kind="captions" src={track.src} srcLang={track.language} label={track.label} />
            ))}
          </video>
          {enhanced ? <PlayerControls speed={speed} onSpeed={(next) => setSpeed(String(next))} hasCaptions={captions.length > 0} /> : null}
          {problem ? <PlayerProblem problem={problem} onRetry={retry} /> : null}
          {ended && !problem ? <PlayerEnd next={next} onReplay={startOver} /> : null}
        </media-controller>
      </div>
      <div className="flex items-center justify-between gap-4 sm:min-h-8">
        {resumedAt === null ? <span /> : <ResumeNotice positionMs={resumedAt} onStartOver={startOver} />}
        <ShortcutHelp enabled={keys !== "off"} onChange={(on) => setKeys(on ? "on" : "off")} />
      </div>
    </div>
  );
}
