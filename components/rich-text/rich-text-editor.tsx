"use client";
import dynamic from "next/dynamic";
import { use, useId } from "react";
import { FieldContext } from "@/components/ui/field-context";
import { Skeleton } from "@/components/ui/skeleton";
import type { RichTextDocument } from "@/lib/schemas/rich-text";

/** Props of `RichTextEditor`. */
export interface RichTextEditorProps {
  label: string;
  /** The text to begin with. Later values are ignored: give the editor another `key` to put another text into it. */
  value: RichTextDocument | null;
  /** Called at every change; null when nothing is left. */
  onChange: (value: RichTextDocument | null) => void;
  /** More room, where the text is the main thing. */
  tall?: boolean;
}

const EditorSurface = dynamic(() => import("./editor-surface"), {
  ssr: false,
  loading: () => (
    <div role="status" className="grid gap-3 rounded-md border border-line-control bg-surface p-4">
      <span className="sr-only">Loading the editor</span>
      <Skeleton className="h-5 w-72 max-w-full" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-2/3" />
      <Skeleton className="h-16 w-0" />
    </div>
  ),
});

/** An editor for running text: headings, lists, quotes, code, links. Inside a `Field` it is wired by itself. */
export function RichTextEditor(props: RichTextEditorProps) {
  const own = useId();
  const field = use(FieldContext);
  return <EditorSurface {...props} id={field?.id ?? own} describedBy={field?.describedBy} invalid={field?.invalid ?? false} />;
}
