"use client";
import { useEffect, useRef, useState, type ComponentType } from "react";
import type { PlaybackSource } from "@/lib/schemas/learner-course";
import type { PlayerEngineProps } from "./player-engine";
import { playerStyle } from "./player-style";
import type { SendOutcome } from "./progress-reporter";

/** A text track of a video, WebVTT. */
export type CaptionTrack = { src: string; language: string; label: string };

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
  /** Without any there is no captions button. */
  captions?: readonly CaptionTrack[];
  /** Whose progress is recorded; null in a preview. */
  recording: { enrolmentId: string; lessonId: string } | null;
  next: { href: string; title: string } | null;
  /** What the server said to a report. */
  onOutcome: (outcome: SendOutcome) => void;
}

/**
 * A lesson's video. The browser plays it with its own controls from the first byte of HTML; the engine (our controls, resuming,
 * reporting, renewing the address) is a script of its own that comes after the page.
 */
export function VideoPlayer({ title, source, poster, captions = [], ...rest }: VideoPlayerProps) {
  const videoRef = useRef<HTMLVideoElement>(null);
  const [frame, setFrame] = useState<HTMLElement | null>(null);
  const [Engine, setEngine] = useState<ComponentType<PlayerEngineProps> | null>(null);
  const [failed, setFailed] = useState(false);
  // React would write `src` and `poster` again at each new signed address that the page is rendered with; the first ones stay until
  // they are renewed.
  const [firstUrl] = useState(source.url);
  const [firstPoster] = useState(poster);

  useEffect(() => {
    let current = true;
    import("./player-engine").then(
      ({ PlayerEngine }) => {
        if (current) setEngine(() => PlayerEngine);
      },
      () => {
        if (current) setFailed(true);
      },
    );
    return () => {
      current = false;
    };
  }, []);

  return (
    <div className="grid gap-2">
      <div className="relative overflow-hidden max-sm:-mx-4 sm:rounded-lg">
        <media-controller ref={setFrame} nohotkeys style={playerStyle} class="block aspect-video w-full">
          <video
            ref={videoRef}
            slot="media"
            src={firstUrl}
            poster={firstPoster ?? undefined}
            aria-label={title}
            controls={!Engine}
            playsInline
            preload="metadata"
            crossOrigin={captions.length > 0 ? "anonymous" : undefined}
            className="block size-full"
          >
            {captions.map((track) => (
              <track key={track.language} kind="captions" src={track.src} srcLang={track.language} label={track.label} />
            ))}
          </video>
        </media-controller>
      </div>
      {Engine && frame ? (
        <Engine videoRef={videoRef} frame={frame} source={source} hasCaptions={captions.length > 0} {...rest} />
      ) : (
        <p role="status" className="min-h-8 text-sm text-warning empty:max-sm:min-h-0">
          {failed ? "A part of this page could not be loaded, so your progress is not recorded. Reload the page to go on." : null}
        </p>
      )}
    </div>
  );
}
