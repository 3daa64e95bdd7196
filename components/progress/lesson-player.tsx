"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { VideoPlayer, type VideoPlayerProps } from "@/components/video-player/video-player";
import type { SendOutcome } from "@/components/video-player/progress-reporter";
import { Alert } from "@/components/ui/alert";

/** Props of `LessonPlayer`: those of the player, and whether the lesson is done already. */
export interface LessonPlayerProps extends Omit<VideoPlayerProps, "onOutcome"> {
  done: boolean;
}

/** The player on a lesson's page: when a report makes the lesson done, the page's marks follow. */
export function LessonPlayer({ done, ...player }: LessonPlayerProps) {
  const router = useRouter();
  const [refused, setRefused] = useState<string | null>(null);
  const onOutcome = (outcome: SendOutcome) => {
    if (outcome.kind === "refused") setRefused(outcome.message);
    if (outcome.kind === "taken" && outcome.view.done && !done) router.refresh();
  };
  return (
    <div className="grid gap-3">
      <VideoPlayer {...player} onOutcome={onOutcome} />
      {refused ? (
        <Alert tone="warning" live title="This view is not being recorded">
          {refused}
        </Alert>
      ) : null}
    </div>
  );
}
