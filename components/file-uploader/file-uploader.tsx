"use client";
import { useEffect, useEffectEvent, useId, useRef } from "react";
import { Label } from "@/components/ui/label";
import { useUpload } from "@/hooks/use-upload";
import type { MediaKind, MediaView } from "@/lib/schemas/media";
import type { UploadLimits } from "@/lib/schemas/upload";
import { DropZone } from "./drop-zone";
import { UploadAnnouncer } from "./upload-announcer";
import { UploadError } from "./upload-error";
import { UploadProgress } from "./upload-progress";
import { UploadedFile } from "./uploaded-file";

export interface FileUploaderProps {
  /** The organization's slug */
  org: string;
  kind: MediaKind;
  label: string;
  optional?: boolean;
  value: MediaView | null;
  /** A finished file, or null when it was removed. Saving the form is what makes it count. */
  onChange: (media: MediaView | null) => void;
  /** `uploadLimits(kind)` of the server */
  limits: UploadLimits;
  disabled?: boolean;
  /** What the form's save said about this field */
  error?: string | readonly string[] | undefined;
}

/** One file: choose or drop it, watch it go, cancel, try again, look at it, replace it, remove it. */
export function FileUploader({ org, kind, label, optional = false, value, onChange, limits, disabled = false, error }: FileUploaderProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const chooser = useRef<HTMLButtonElement>(null);
  const { state, start, retry, cancel } = useUpload({ org, kind, maxBytes: limits.maxBytes, onDone: onChange });
  const choose = () => input.current?.click();
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !disabled) start(file);
    // Choosing the same file again is a change, too.
    if (input.current) input.current.value = "";
  };
  const takeEarly = useEffectEvent(() => take(input.current?.files ?? null));
  useEffect(() => {
    // A file that was chosen before the page's script was there. Later by a turn: an effect that is undone must not have begun an upload.
    const turn = window.setTimeout(takeEarly);
    return () => window.clearTimeout(turn);
  }, []);
  const message = typeof error === "string" ? error : error?.[0];
  const focusChooser = () => requestAnimationFrame(() => chooser.current?.focus());

  return (
    <div role="group" aria-labelledby={`${id}-label`} aria-describedby={`${id}-hint`} className="grid gap-2">
      <Label id={`${id}-label`} htmlFor={`${id}-input`} optional={optional}>
        {label}
      </Label>
      <input
        ref={input}
        id={`${id}-input`}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-describedby={`${id}-hint`}
        accept={limits.accept.join(",")}
        disabled={disabled}
        onChange={(event) => take(event.target.files)}
      />
      <DropZone active={!disabled} filled={value !== null || state.name === "working"} onFiles={take}>
        {state.name === "working" ? (
          <UploadProgress
            {...state}
            kind={kind}
            onCancel={() => {
              cancel();
              focusChooser();
            }}
          />
        ) : (
          <>
            {state.name === "failed" ? (
              <UploadError
                {...state}
                kept={value !== null}
                onRetry={state.canRetry ? retry : undefined}
                onDismiss={() => {
                  cancel();
                  focusChooser();
                }}
              />
            ) : null}
            <UploadedFile
              ref={chooser}
              label={label}
              value={value}
              disabled={disabled}
              onChoose={choose}
              onRemove={() => {
                cancel();
                onChange(null);
                focusChooser();
              }}
            />
          </>
        )}
      </DropZone>
      <p id={`${id}-hint`} className="text-sm text-muted">
        {limits.hint}
      </p>
      {message ? (
        <p role="alert" className="text-sm text-danger">
          {message}
        </p>
      ) : null}
      <UploadAnnouncer state={state} fileName={value?.fileName ?? null} />
    </div>
  );
}
