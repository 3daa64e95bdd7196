"use client";
import { useEffect, useEffectEvent, type RefObject } from "react";
import { browserStorage, createPendingStore } from "@/components/video-player/pending-store";
import { ProgressReporter, type SendOutcome } from "@/components/video-player/progress-reporter";
import { sendReport } from "@/components/video-player/send-report";
import { WatchTracker } from "@/components/video-player/watch-tracker";
import { WriteBudget } from "@/components/video-player/write-budget";

// One for the tab: going from lesson to lesson must not buy more writes.
const budget = new WriteBudget();

export type PlayerReportOptions = {
  org: string;
  enrolmentId: string;
  lessonId: string;
  mediaFileId: string;
  /** Where an earlier view that could not report stood; milliseconds. Called before the first report. */
  onAdopted: (positionMs: number) => void;
  onOutcome: (outcome: SendOutcome) => void;
};

/**
 * Reports what is watched: every 15 seconds while there is something to tell, soon after a pause or a seek, at the end, and when the
 * page goes away. Pass null to report nothing, as in a preview.
 */
export function usePlayerReport(videoRef: RefObject<HTMLVideoElement | null>, options: PlayerReportOptions | null): void {
  const adopted = useEffectEvent((positionMs: number) => options?.onAdopted(positionMs));
  const settled = useEffectEvent((outcome: SendOutcome) => options?.onOutcome(outcome));
  const { org, enrolmentId, lessonId, mediaFileId } = options ?? {};

  useEffect(() => {
    const element = videoRef.current;
    if (!element || !org || !enrolmentId || !lessonId || !mediaFileId) return;
    const storage = browserStorage();
    const tracker = new WatchTracker();
    const reporter = new ProgressReporter({
      viewId: crypto.randomUUID(),
      lessonId,
      mediaFileId,
      send: (report) => sendReport(org, report),
      store: storage && createPendingStore(storage, enrolmentId),
      budget,
      now: () => performance.now(),
      // What an earlier view left behind may be refused, say for a lesson that is gone: no news for this one.
      onOutcome: (outcome, report) => {
        if (report.lessonId === lessonId) settled(outcome);
      },
    });
    const left = reporter.adopt();
    if (left !== null) adopted(left);

    let reportedAt = element.currentTime;
    const position = () => element.currentTime * 1000;
    const collect = () => {
      const ranges = tracker.take();
      if (ranges.length === 0 && element.currentTime === reportedAt) return;
      // A video that has not begun, or lost its source for a moment, is nowhere.
      if (element.readyState === 0) return;
      reportedAt = element.currentTime;
      reporter.add(ranges, position());
    };
    const onTime = () => {
      if (!element.seeking && !element.paused) tracker.tick(position(), element.playbackRate);
    };
    const onPause = () => {
      if (!element.seeking && element.readyState > 0) tracker.tick(position(), element.playbackRate);
      tracker.stop();
    };
    const onBreak = () => tracker.stop();
    const hurry = () => {
      collect();
      reporter.flush();
    };
    const onEnded = () => {
      onPause();
      hurry();
    };
    const onHidden = () => {
      if (document.visibilityState === "hidden") hurry();
    };
    const timer = window.setInterval(() => {
      collect();
      reporter.tick();
    }, 1_000);

    const heard: [string, () => void][] = [
      ["timeupdate", onTime],
      ["playing", onTime],
      ["pause", onPause],
      ["seeking", onBreak],
      ["emptied", onBreak],
      ["ended", onEnded],
    ];
    for (const [event, listener] of heard) element.addEventListener(event, listener);
    document.addEventListener("visibilitychange", onHidden);
    window.addEventListener("pagehide", hurry);
    return () => {
      window.clearInterval(timer);
      for (const [event, listener] of heard) element.removeEventListener(event, listener);
      document.removeEventListener("visibilitychange", onHidden);
      window.removeEventListener("pagehide", hurry);
      onPause();
      hurry();
    };
  }, [videoRef, org, enrolmentId, lessonId, mediaFileId]);
}
