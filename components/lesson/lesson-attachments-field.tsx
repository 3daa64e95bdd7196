"use client";
import { ArrowDown, ArrowUp, Paperclip, X } from "lucide-react";
import { useRef } from "react";
import { FileUploader } from "@/components/file-uploader/file-uploader";
import { Button } from "@/components/ui/button";
import { FileName } from "@/components/ui/file-name";
import { formatBytes } from "@/lib/core/bytes";
import { MAX_ATTACHMENTS } from "@/lib/schemas/lesson";
import type { MediaView } from "@/lib/schemas/media";
import type { UploadDestination, UploadLimits } from "@/lib/schemas/upload";

/** Props of `LessonAttachmentsField`. */
export interface LessonAttachmentsFieldProps {
  org: string;
  destination: UploadDestination;
  value: readonly MediaView[];
  /** Ids of those that the lesson has on the server */
  saved: readonly string[];
  /** Takes the list as it is when it is called, so that an upload that ends late loses nothing. */
  onChange: (change: (current: readonly MediaView[]) => MediaView[]) => void;
  limits: UploadLimits;
  error?: readonly string[] | undefined;
}

function moved(list: readonly MediaView[], index: number, other: number): MediaView[] {
  const next = [...list];
  const [left, right] = [next[index], next[other]];
  if (left && right) [next[index], next[other]] = [right, left];
  return next;
}

/** The files that learners can download with a lesson: add, order, take away. */
export function LessonAttachmentsField({ org, destination, value, saved, onChange, limits, error }: LessonAttachmentsFieldProps) {
  const list = useRef<HTMLUListElement>(null);
  const swap = (index: number, other: number) => onChange((current) => moved(current, index, other));
  // The same file, chosen twice, is one file.
  const append = (media: MediaView) =>
    onChange((current) => (current.some(({ id }) => id === media.id) ? [...current] : [...current, media]));
  const full = value.length >= MAX_ATTACHMENTS;
  return (
    <div className="grid grid-cols-1 gap-4">
      {value.length > 0 ? (
        <ul ref={list} tabIndex={-1} aria-label="Attachments" className="divide-y divide-line rounded-md border border-line">
          {value.map((file, index) => (
            <li key={file.id} className="flex items-center gap-2 py-1.5 pr-1.5 pl-3 text-sm">
              <Paperclip aria-hidden className="size-4 shrink-0 text-muted" />
              <span className="grid min-w-0 flex-1">
                <FileName name={file.fileName} />
                <span className="text-xs text-muted tabular-nums">{formatBytes(file.bytes)}</span>
              </span>
              <span className="flex shrink-0">
                <Button
                  variant="ghost"
                  size="icon-sm"
                  aria-label={`Move ${file.fileName} up`}
                  disabled={index === 0}
                  onClick={() => swap(index, index - 1)}
                >
                  <ArrowUp aria-hidden />
                </Button>
                <Button
                  variant="ghost"
                  size="icon-sm"
                  aria-label={`Move ${file.fileName} down`}
                  disabled={index === value.length - 1}
                  onClick={() => swap(index, index + 1)}
                >
                  <ArrowDown aria-hidden />
                </Button>
                <Button
                  variant="ghost"
                  size="icon-sm"
                  aria-label={`Take ${file.fileName} away`}
                  onClick={(event) => {
                    // The second press of a double click would meet the next file.
                    if (event.detail > 1) return;
                    onChange((current) => current.filter(({ id }) => id !== file.id));
                    list.current?.focus();
                  }}
                >
                  <X aria-hidden />
                </Button>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      <FileUploader
        org={org}
        kind="ATTACHMENT"
        label={value.length > 0 ? "Add attachments" : "Attachments"}
        destination={destination}
        optional
        value={null}
        list={{ inPlace: value.map(({ id }) => id), most: MAX_ATTACHMENTS }}
        saved={saved}
        onChange={(media) => {
          if (media) append(media);
        }}
        limits={limits}
        error={error}
      />
      {full ? <p className="text-sm text-muted">A lesson takes at most {MAX_ATTACHMENTS} attachments.</p> : null}
    </div>
  );
}
