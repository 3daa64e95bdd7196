"use client";
import { useEditorState, type ChainedCommands, type Editor } from "@tiptap/react";
import {
  Bold,
  Code,
  Heading2,
  Heading3,
  Italic,
  List,
  ListOrdered,
  Minus,
  Quote,
  Redo2,
  SquareCode,
  Undo2,
  type LucideIcon,
} from "lucide-react";
import * as Toolbar from "radix-ui/toolbar";
import { LinkControl } from "./link-control";
import { ToolbarButton } from "./toolbar-button";

type Act = {
  label: string;
  icon: LucideIcon;
  run: (chain: ChainedCommands) => ChainedCommands;
  /** Name and attributes by which the editor knows whether it is on */
  on?: [string, Record<string, unknown>?];
};

const groups: Act[][] = [
  [
    { label: "Heading", icon: Heading2, run: (chain) => chain.toggleHeading({ level: 2 }), on: ["heading", { level: 2 }] },
    { label: "Subheading", icon: Heading3, run: (chain) => chain.toggleHeading({ level: 3 }), on: ["heading", { level: 3 }] },
  ],
  [
    { label: "Bold", icon: Bold, run: (chain) => chain.toggleBold(), on: ["bold"] },
    { label: "Italic", icon: Italic, run: (chain) => chain.toggleItalic(), on: ["italic"] },
    { label: "Code", icon: Code, run: (chain) => chain.toggleCode(), on: ["code"] },
  ],
  [
    { label: "Bullet list", icon: List, run: (chain) => chain.toggleBulletList(), on: ["bulletList"] },
    { label: "Numbered list", icon: ListOrdered, run: (chain) => chain.toggleOrderedList(), on: ["orderedList"] },
    { label: "Quote", icon: Quote, run: (chain) => chain.toggleBlockquote(), on: ["blockquote"] },
    { label: "Code block", icon: SquareCode, run: (chain) => chain.toggleCodeBlock(), on: ["codeBlock"] },
    { label: "Horizontal rule", icon: Minus, run: (chain) => chain.setHorizontalRule() },
  ],
];

const Separator = () => <Toolbar.Separator className="mx-1 w-px self-stretch bg-line" />;

/** The editor's tools: one stop for the Tab key, arrow keys between them. */
export function EditorToolbar({ editor, controls }: { editor: Editor; controls: string }) {
  const state = useEditorState({
    editor,
    selector: ({ editor: current }) => ({
      on: groups.flat().map(({ on }) => (on ? current.isActive(...on) : undefined)),
      link: current.isActive("link"),
      undo: current.can().undo(),
      redo: current.can().redo(),
    }),
  });
  const isOn = (act: Act) => state.on[groups.flat().indexOf(act)];
  return (
    <Toolbar.Root
      aria-label="Formatting"
      aria-controls={controls}
      className="flex flex-wrap items-center gap-0.5 rounded-t-md border-b border-line bg-surface p-1"
    >
      {groups.map((group) => (
        <span key={group[0]?.label} className="contents">
          {group.map((act) => (
            <ToolbarButton key={act.label} label={act.label} active={isOn(act)} onClick={() => act.run(editor.chain().focus()).run()}>
              <act.icon aria-hidden />
            </ToolbarButton>
          ))}
          <Separator />
        </span>
      ))}
      <LinkControl editor={editor} active={state.link} />
      <Separator />
      <ToolbarButton label="Undo" disabled={!state.undo} onClick={() => editor.chain().focus().undo().run()}>
        <Undo2 aria-hidden />
      </ToolbarButton>
      <ToolbarButton label="Redo" disabled={!state.redo} onClick={() => editor.chain().focus().redo().run()}>
        <Redo2 aria-hidden />
      </ToolbarButton>
    </Toolbar.Root>
  );
}
