"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Label } from "@/components/ui/label";
import { formatMoment } from "@/lib/core/clock";
import { captureFrame } from "./capture-frame";

/** Most videos have 24 to 30 frames a second; browsers don't say how many this one has. Seconds. */
const FRAME = 1 / 30;

/** Props of `FramePicker`. */
export interface FramePickerProps {
  /** `blob:` of the file on this device, or a signed address */
  src: string;
  videoName: string;
  onPick: (picture: File) => void;
}

/** A video to look for a frame in: a scrubber that the arrow keys move by a frame, and the button that takes what is shown. */
export function FramePicker({ src, videoName, onPick }: FramePickerProps) {
  const id = useId();
  const video = useRef<HTMLVideoElement>(null);
  const [duration, setDuration] = useState<number | null>(null);
  const [time, setTime] = useState(0);
  // Whether the video shows the frame at `time`.
  const [ready, setReady] = useState(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const seek = (seconds: number) => {
    const element = video.current;
    if (!element || duration === null) return;
    const next = Math.min(Math.max(0, seconds), duration);
    setTime(next);
    setReady(false);
    element.currentTime = next;
  };
  const pick = async () => {
    if (!video.current || !ready) return;
    setPending(true);
    const frame = await captureFrame(video.current, videoName);
    setPending(false);
    if (frame.ok) onPick(frame.file);
    else setProblem(frame.message);
  };
  const position = duration === null ? "" : `${formatMoment(time)} of ${formatMoment(duration)}`;

  return (
    <div className="grid gap-4">
      <video
        ref={video}
        src={src}
        // Without it, the pixels of a video from storage can't be read. A file of this device has no such bound.
        crossOrigin={src.startsWith("blob:") ? undefined : "anonymous"}
        muted
        playsInline
        preload="auto"
        aria-label={`Frame of ${videoName}`}
        onLoadedMetadata={({ currentTarget }) => setDuration(Number.isFinite(currentTarget.duration) ? currentTarget.duration : 0)}
        onLoadedData={() => setReady(true)}
        onSeeked={() => setReady(true)}
        onError={() =>
          setProblem("This browser can't show the video: its format, or the way to it, does not allow it. Upload a picture instead.")
        }
        className="aspect-video w-full rounded-md border border-line bg-sunken object-contain"
      />
      {problem ? (
        <Alert tone="danger" live>
          {problem}
        </Alert>
      ) : null}
      <div className="grid gap-2">
        <div className="flex items-baseline justify-between gap-4">
          <Label htmlFor={`${id}-time`}>Position</Label>
          <span className="text-sm text-muted tabular-nums">{position}</span>
        </div>
        <input
          id={`${id}-time`}
          type="range"
          min={0}
          max={duration ?? 0}
          step={FRAME}
          value={time}
          disabled={duration === null}
          aria-valuetext={position}
          aria-describedby={`${id}-keys`}
          onChange={(event) => seek(event.target.valueAsNumber)}
          className="h-8 w-full rounded-sm accent-accent pointer-coarse:h-11"
        />
        <div className="flex flex-wrap items-center gap-2">
          <Button variant="secondary" size="sm" disabled={duration === null} onClick={() => seek(time - FRAME)}>
            <ChevronLeft aria-hidden /> Frame back
          </Button>
          <Button variant="secondary" size="sm" disabled={duration === null} onClick={() => seek(time + FRAME)}>
            Frame on <ChevronRight aria-hidden />
          </Button>
          <Button
            className="ml-auto"
            disabled={duration === null || problem !== null}
            pending={pending || !ready}
            onClick={() => void pick()}
          >
            Use this frame
          </Button>
        </div>
        <p id={`${id}-keys`} className="text-sm text-muted max-sm:hidden">
          On the slider, the arrow keys move by a frame.
        </p>
      </div>
    </div>
  );
}
