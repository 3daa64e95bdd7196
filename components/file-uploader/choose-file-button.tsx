"use client";
import { useRef } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import type { MediaKind } from "@/lib/schemas/media";
import { mediaTypesOf } from "@/lib/schemas/media-type";

/** Props of `ChooseFileButton`: those of `Button`, and the two below. */
export interface ChooseFileButtonProps extends Omit<ButtonProps, "onClick"> {
  kind: MediaKind;
  onFile: (file: File) => void;
}

/** A button that opens the file dialog for one file. */
export function ChooseFileButton({ kind, onFile, ...props }: ChooseFileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const accept = mediaTypesOf[kind].flatMap(({ type, extensions }) => [type, ...extensions.map((extension) => `.${extension}`)]).join(",");
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        onChange={({ target }) => {
          const file = target.files?.[0];
          // Choosing the same file again is a change, too.
          target.value = "";
          if (file) onFile(file);
        }}
      />
      <Button {...props} onClick={() => input.current?.click()} />
    </>
  );
}
