"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { checkFile } from "@/components/file-uploader/check-file";
import { createTransferRate, type TransferRate } from "@/components/file-uploader/transfer-rate";
import { UploadFailure } from "@/components/file-uploader/upload-failure";
import { createUpload, type Upload, type UploadPhase } from "@/components/file-uploader/upload-file";
import type { MediaKind, MediaView } from "@/lib/schemas/media";
import { useUnsavedGuard } from "./use-unsaved-guard";

export type UploadState =
  | { name: "idle" }
  /** `localUrl` shows the chosen file in this page while it is sent */
  | { name: "working"; file: File; localUrl: string; phase: UploadPhase; rate: TransferRate }
  | { name: "failed"; fileName: string; message: string; canRetry: boolean };

type Job = { upload: Upload; file: File; localUrl: string };

const idle: UploadState = { name: "idle" };
const noRate: TransferRate = { bytesPerSecond: null, secondsLeft: null };

function failureState(fileName: string, error: unknown): UploadState {
  if (error instanceof UploadFailure) return { name: "failed", fileName, message: error.message, canRetry: error.canRetry };
  const message = "The upload stopped unexpectedly. Nothing was changed; try again.";
  return { name: "failed", fileName, message, canRetry: true };
}

/**
 * Uploads one file at a time and keeps its state. Asks before the page is left while one is under way, and gives its reserved bytes
 * back when it is left nevertheless.
 */
export function useUpload({
  org,
  kind,
  maxBytes,
  onDone,
}: {
  org: string;
  kind: MediaKind;
  maxBytes: number;
  onDone: (media: MediaView) => void;
}) {
  const [state, setState] = useState<UploadState>(idle);
  const current = useRef<Job | null>(null);
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });
  useUnsavedGuard(state.name === "working");

  const forget = useCallback(() => {
    if (current.current) URL.revokeObjectURL(current.current.localUrl);
    current.current = null;
  }, []);
  const drop = useCallback(() => {
    current.current?.upload.cancel();
    forget();
  }, [forget]);
  useEffect(() => {
    window.addEventListener("pagehide", drop);
    return () => {
      window.removeEventListener("pagehide", drop);
      drop();
    };
  }, [drop]);

  const run = useCallback(
    async (job: Job) => {
      // A job that was cancelled or replaced has nothing more to say.
      const isCurrent = () => current.current === job;
      setState({ name: "working", file: job.file, localUrl: job.localUrl, phase: { name: "asking" }, rate: noRate });
      try {
        const media = await job.upload.run();
        if (!isCurrent()) return;
        forget();
        setState(idle);
        done.current(media);
      } catch (error) {
        if (isCurrent()) setState(failureState(job.file.name, error));
      }
    },
    [forget],
  );

  const start = useCallback(
    (file: File) => {
      drop();
      const check = checkFile(kind, maxBytes, file);
      if (!check.ok) {
        setState({ name: "failed", fileName: file.name, message: check.message, canRetry: false });
        return;
      }
      const measure = createTransferRate();
      const onPhase = (phase: UploadPhase) => {
        const rate = phase.name === "sending" ? measure(phase.sent, phase.total, performance.now()) : noRate;
        setState((before) => (before.name === "working" && before.file === file ? { ...before, phase, rate } : before));
      };
      const job = {
        file,
        localUrl: URL.createObjectURL(file),
        upload: createUpload({ org, kind, file, contentType: check.contentType, onPhase }),
      };
      current.current = job;
      void run(job);
    },
    [org, kind, maxBytes, drop, run],
  );

  const retry = useCallback(() => {
    if (current.current) void run(current.current);
  }, [run]);

  /** Stops what is under way, or forgets what failed. */
  const cancel = useCallback(() => {
    drop();
    setState(idle);
  }, [drop]);

  return { state, start, retry, cancel };
}
