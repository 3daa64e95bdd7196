"use client";
import { EditorContent, useEditor } from "@tiptap/react";
import { cn } from "@/components/ui/cn";
import type { RichTextDocument } from "@/lib/schemas/rich-text";
import { EditorToolbar } from "./editor-toolbar";
import { extensions } from "./extensions";
import type { RichTextEditorProps } from "./rich-text-editor";

/** Props of `EditorSurface`: those of the editor, and the wiring of the field around it. */
export interface EditorSurfaceProps extends RichTextEditorProps {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
}

/** The editor itself. It is loaded apart from the page, since it weighs more than everything else on it. */
export default function EditorSurface({ label, value, onChange, tall = false, id, describedBy, invalid }: EditorSurfaceProps) {
  const editor = useEditor({
    extensions,
    // It is never rendered on the server, so there is nothing to hydrate.
    immediatelyRender: true,
    content: value,
    // What the editor does not know would vanish without a word; it is only ever given what the schema let through.
    enableContentCheck: true,
    onContentError: ({ error }) => {
      throw error;
    },
    editorProps: {
      attributes: {
        id,
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": label,
        ...(describedBy ? { "aria-describedby": describedBy } : {}),
        class: cn("prose-lesson max-w-none px-4 py-3 text-base outline-none", tall ? "min-h-80" : "min-h-40"),
      },
    },
    // The schema that the server checks with is the editor's own, node for node. The copy: ProseMirror's attributes have no prototype, and
    // a server action passes such an object on as an opaque reference instead of its contents.
    onUpdate: ({ editor: current }) => onChange(current.isEmpty ? null : (structuredClone(current.getJSON()) as RichTextDocument)),
  });
  return (
    <div
      className={cn(
        "rounded-md border border-line-control bg-surface transition-colors focus-within:border-accent-text focus-within:outline-2 focus-within:outline-accent-text has-[[role=toolbar]:focus-within]:outline-none",
        invalid && "border-danger",
      )}
    >
      <EditorToolbar editor={editor} controls={id} />
      <EditorContent editor={editor} />
    </div>
  );
}
