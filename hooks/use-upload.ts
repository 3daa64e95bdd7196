"use client";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { isUnderWay, type UploadItem } from "@/components/file-uploader/engine/upload-item";
import { control, loadUploads } from "@/components/file-uploader/page-uploads";
import type { MediaKind, MediaView } from "@/lib/schemas/media";
import type { UploadDestination } from "@/lib/schemas/upload";
import { useUploads } from "./use-uploads";

export interface UseUploadOptions {
  /** The organization's slug */
  org: string;
  kind: MediaKind;
  /** The page of the field. A page has one field for each kind. */
  destination: UploadDestination;
  maxBytes: number;
  multiple: boolean;
  /** Ids of the files that the field shows as its value */
  inPlace: readonly string[];
  /** Ids of those that the server has saved there: nothing more has to be remembered of them. */
  saved: readonly string[];
  onDone: (media: MediaView) => void;
}

const mediaIdOf = ({ status }: UploadItem) => (status.name === "done" ? status.media.id : null);

/**
 * The uploads of one field. They belong to the page, not to the field: when the field goes they go on, and when it is back it shows
 * them again. A file that becomes ready before the field's eyes is handed to it once; one that was ready before is left to be offered.
 */
export function useUpload({ org, kind, destination, maxBytes, multiple, inPlace, saved, onDone }: UseUploadOptions) {
  const all = useUploads();
  const { href } = destination;
  const own = useMemo(
    () => all.filter((item) => item.org === org && item.kind === kind && item.destination?.href === href),
    [all, org, kind, href],
  );
  const [problem, setProblem] = useState<string | null>(null);
  const watched = useRef(new Set<string>());
  const hand = useEffectEvent(onDone);

  useEffect(() => {
    for (const item of own) if (item.status.name !== "done") watched.current.add(item.id);
    for (const item of own) {
      // Of several files, those that were chosen first come first.
      if (multiple && isUnderWay(item)) break;
      if (item.status.name === "done" && watched.current.delete(item.id)) hand(item.status.media);
    }
  }, [own, multiple]);

  useEffect(() => {
    for (const item of own) {
      const mediaId = mediaIdOf(item);
      if (mediaId && saved.includes(mediaId)) control((uploads) => uploads.dismiss(item.id));
    }
  }, [own, saved]);

  const start = async (files: readonly File[]): Promise<void> => {
    setProblem(null);
    let uploads;
    try {
      uploads = await loadUploads();
    } catch {
      setProblem("The uploader could not be loaded. Check the connection, then choose the file again.");
      return;
    }
    if (!multiple) {
      // A new file takes the place of what ended here; what is unfinished stays until somebody decides.
      for (const { id, status } of own) if (status.name === "failed" || status.name === "done") uploads.dismiss(id);
    }
    for (const file of files) watched.current.add(uploads.add({ org, kind, file, maxBytes, destination }));
  };

  return {
    /** What the field has to show beside its value */
    items: own.filter((item) => !inPlace.includes(mediaIdOf(item) ?? "")),
    problem,
    setProblem,
    start,
    /** Forgets the upload that a value came from: it was taken away on purpose. */
    forget: (mediaId: string) => {
      for (const item of own) if (mediaIdOf(item) === mediaId) control((uploads) => uploads.dismiss(item.id));
    },
  };
}
