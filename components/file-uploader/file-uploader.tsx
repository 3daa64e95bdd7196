"use client";
import { useEffect, useEffectEvent, useId, useRef, useState, type ReactNode } from "react";
import { Label } from "@/components/ui/label";
import { shortFileName } from "@/components/ui/short-file-name";
import { useKeptFocus } from "@/hooks/use-kept-focus";
import { usePaste } from "@/hooks/use-paste";
import { useUpload } from "@/hooks/use-upload";
import { isPictureKind, type MediaKind, type MediaView } from "@/lib/schemas/media";
import { mediaTypeOfName } from "@/lib/schemas/media-type";
import type { UploadDestination, UploadLimits } from "@/lib/schemas/upload";
import { DropZone } from "./drop-zone";
import { isUnderWay } from "./engine/upload-item";
import { UploadPanel } from "./upload-panel";
import { UploadedFile } from "./uploaded-file";

export interface FileUploaderProps {
  /** The organization's slug */
  org: string;
  kind: MediaKind;
  label: string;
  /** This page, and what the file is there: an upload that ends elsewhere leads back to it. A page has one field for each kind. */
  destination: UploadDestination;
  optional?: boolean;
  value: MediaView | null;
  /** Ids of what the server has saved in this field; without it, a file that is in place counts as saved. */
  saved?: readonly string[];
  /** A finished file, or null when it was removed. Saving the form is what makes it count. */
  onChange: (media: MediaView | null) => void;
  /** For a list of files: those that are in it, and how many it takes in all. `value` is null, then, and `onChange` comes for each. */
  list?: { inPlace: readonly string[]; most: number };
  /** `uploadLimits` of the server, for this kind */
  limits: UploadLimits;
  disabled?: boolean;
  /** What the form's save said about this field */
  error?: string | readonly string[] | undefined;
  /** Another way to a file beside choosing one; it gives the file to `start`. */
  more?: (start: (file: File) => void) => ReactNode;
}

/** Files for one field: choose, drop or paste; watch, pause, cancel, try again, go on with what is unfinished; replace, remove. */
export function FileUploader({ kind, label, optional = false, value, onChange, limits, disabled = false, ...props }: FileUploaderProps) {
  const { org, destination, list, more } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const chooser = useRef<HTMLButtonElement>(null);
  const inPlace = list?.inPlace ?? (value ? [value.id] : []);
  const saved = props.saved ?? inPlace;
  const upload = useUpload({
    org,
    kind,
    destination,
    maxBytes: limits.maxBytes,
    multiple: Boolean(list),
    inPlace,
    saved,
    onDone: onChange,
  });
  const moving = upload.items.filter((item) => isUnderWay(item) || item.status.name === "paused");
  const pending = moving.length;
  const room = list ? list.most - list.inPlace.length - pending : 1;
  // One field, one file on its way: a slip of the hand must not end an upload of hours.
  const open = !disabled && (list ? room > 0 : pending === 0);

  // A drop that was not taken is to be told why, for as long as that is so.
  const [refused, setRefused] = useState(false);
  const busy = list
    ? `At most ${list.most} files fit here. What you dropped was not taken.`
    : `${shortFileName(moving[0]?.fileName ?? "")} is on its way here. Cancel it first to use another file.`;

  const start = (files: File[]) => {
    if (!open || files.length === 0) return;
    setRefused(false);
    const taken = files.slice(0, room);
    void upload.start(taken);
    if (files.length <= room) return;
    upload.setProblem(
      list
        ? `At most ${list.most} files fit here. ${taken.length} of the ${files.length} that you chose were taken.`
        : `One file fits here. ${taken[0]?.name ?? ""} was taken.`,
    );
  };
  const take = (files: FileList | null) => {
    start(Array.from(files ?? []));
    // Choosing the same file again is a change, too.
    if (input.current) input.current.value = "";
  };
  const takeEarly = useEffectEvent(() => take(input.current?.files ?? null));
  useEffect(() => {
    // A file that was chosen before the page's script was there. Later by a turn: an effect that is undone must not have begun an upload.
    const turn = window.setTimeout(takeEarly);
    return () => window.clearTimeout(turn);
  }, []);
  usePaste(frame, { active: open, accepts: (file) => mediaTypeOfName(kind, file.name) !== undefined, onFiles: start });

  const focus = useKeptFocus(() => (chooser.current && !chooser.current.disabled ? chooser.current : frame.current));
  const startFrom = (file: File) => {
    focus.claim();
    start([file]);
  };
  const choose = () => input.current?.click();
  const message = typeof props.error === "string" ? props.error : props.error?.[0];

  return (
    <div
      ref={frame}
      role="group"
      tabIndex={-1}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-hint`}
      onFocus={focus.onFocus}
      onBlur={focus.onBlur}
      className="grid grid-cols-1 gap-2"
    >
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
        multiple={Boolean(list)}
        disabled={!open}
        onChange={(event) => take(event.target.files)}
      />
      <DropZone
        active={open}
        filled={value !== null || upload.items.length > 0}
        onFiles={(files) => (files.length > 0 ? start(files) : upload.setProblem("There are no files in what you dropped."))}
        onRefused={() => setRefused(true)}
        onUnreadable={() => upload.setProblem("What you dropped could not be read. Choose the files instead.")}
      >
        {upload.items.map((item) => (
          <UploadPanel
            key={item.id}
            item={item}
            compact={Boolean(list)}
            earlierKept={value !== null}
            onUse={onChange}
            onChooseAnother={open ? choose : undefined}
          />
        ))}
        {open || value ? (
          <UploadedFile
            ref={chooser}
            label={label}
            value={value}
            multiple={Boolean(list)}
            disabled={!open}
            more={open && more ? more(startFrom) : null}
            onChoose={choose}
            onRemove={() => {
              if (value) upload.forget(value.id);
              onChange(null);
            }}
          />
        ) : null}
      </DropZone>
      <p id={`${id}-hint`} className="text-sm text-muted">
        {limits.hint}
        {list ? ` each, at most ${list.most} files` : null}
        {isPictureKind(kind) ? ". Large pictures are made smaller before they are sent." : null}
      </p>
      {refused && !open && !disabled ? (
        <p role="alert" className="text-sm text-danger">
          {busy}
        </p>
      ) : null}
      {upload.problem ? (
        <p role="alert" className="text-sm text-danger">
          {upload.problem}
        </p>
      ) : null}
      {message ? (
        <p role="alert" className="text-sm text-danger">
          {message}
        </p>
      ) : null}
    </div>
  );
}
