"use client";
import { useCallback, useEffect, useRef, useState, type RefObject } from "react";
import type { PlaybackSource } from "@/lib/schemas/learner-course";

/** An address is renewed this long before it expires; milliseconds. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** A second failure this soon after a renewal is not the address's fault; milliseconds. */
const GIVE_UP_WITHIN_MS = 10_000;

type Failure = { error?: { message?: string } };

/** Gives the video another address and lets it go on where it was: time, speed and whether it plays. */
function swapSource(video: HTMLVideoElement, url: string, positionSeconds: number, play: boolean): void {
  const rate = video.playbackRate;
  video.addEventListener(
    "loadedmetadata",
    () => {
      video.currentTime = positionSeconds;
      video.playbackRate = rate;
      // A browser may refuse to start by itself: then the video waits, paused, for its viewer.
      if (play) video.play().catch(() => video.pause());
    },
    { once: true },
  );
  video.src = url;
}

async function fetchSource(org: string, mediaFileId: string, failed: boolean): Promise<PlaybackSource | { problem: string }> {
  try {
    const response = await fetch(`/api/media/${mediaFileId}?org=${encodeURIComponent(org)}${failed ? "&failed=1" : ""}`);
    if (response.ok) return (await response.json()) as PlaybackSource;
    const { error } = (await response.json()) as Failure;
    return { problem: error?.message ?? "The video could not be opened." };
  } catch {
    return { problem: "The connection was lost. Your progress is kept on this device; check the connection and try again." };
  }
}

export type SignedSource = {
  /** Why the video can't be played, or null */
  problem: string | null;
  retry: () => void;
};

/**
 * Keeps a video's signed address fresh: renewed five minutes before it ends, when the page comes back to the front after that, and
 * when storage refuses it or does not answer: then another bucket may stand in, and the video goes on where it was. The `src` attribute is
 * set once by the page and from then on here.
 */
export function useSignedSource(
  videoRef: RefObject<HTMLVideoElement | null>,
  { org, mediaFileId, source }: { org: string; mediaFileId: string; source: PlaybackSource },
): SignedSource {
  const [problem, setProblem] = useState<string | null>(null);
  const expiresAt = useRef(Date.parse(source.expiresAt));
  const renewedAt = useRef(0);
  const playing = useRef(false);
  const position = useRef(0);
  const underway = useRef(false);

  const renew = useCallback(
    async (failed: boolean) => {
      if (underway.current) return;
      underway.current = true;
      const answer = await fetchSource(org, mediaFileId, failed);
      underway.current = false;
      const element = videoRef.current;
      if (!element) return;
      if ("problem" in answer) {
        // Before its end the old address still plays; only a video that has stopped needs to say so.
        if (element.error || Date.now() >= expiresAt.current) setProblem(answer.problem);
        return;
      }
      setProblem(null);
      expiresAt.current = Date.parse(answer.expiresAt);
      renewedAt.current = Date.now();
      swapSource(element, answer.url, position.current, playing.current);
    },
    [org, mediaFileId, videoRef],
  );

  useEffect(() => {
    const element = videoRef.current;
    if (!element) return;
    const remember = () => {
      if (element.error || element.readyState === 0) return;
      position.current = element.currentTime;
      playing.current = !element.paused && !element.ended;
    };
    const onError = () => {
      if (Date.now() - renewedAt.current > GIVE_UP_WITHIN_MS) void renew(Date.now() < expiresAt.current);
      else setProblem("The video could not be played. Your progress is kept; try again, or reload the page.");
    };
    const check = () => {
      if (document.visibilityState === "visible" && Date.now() >= expiresAt.current - RENEW_BEFORE_MS) void renew(false);
    };
    const timer = window.setInterval(check, 30_000);
    for (const event of ["timeupdate", "play", "pause", "seeked"]) element.addEventListener(event, remember);
    element.addEventListener("error", onError);
    document.addEventListener("visibilitychange", check);
    // It may have failed before this script was there to hear it.
    if (element.error) onError();
    return () => {
      window.clearInterval(timer);
      for (const event of ["timeupdate", "play", "pause", "seeked"]) element.removeEventListener(event, remember);
      element.removeEventListener("error", onError);
      document.removeEventListener("visibilitychange", check);
    };
  }, [renew, videoRef]);

  const retry = useCallback(() => {
    renewedAt.current = 0;
    void renew(true);
  }, [renew]);
  return { problem, retry };
}
