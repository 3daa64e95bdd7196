import {
  richTextSchema,
  type RichTextBlock,
  type RichTextDocument,
  type RichTextInline,
  type RichTextListItem,
} from "@/lib/schemas/rich-text";

/** `**bold**` and plain text. */
function inlines(text: string): RichTextInline[] {
  return text
    .split(/(\*\*[^*]+\*\*)/)
    .filter(Boolean)
    .map((piece) =>
      piece.startsWith("**") ? { type: "text", text: piece.slice(2, -2), marks: [{ type: "bold" }] } : { type: "text", text: piece },
    );
}

const paragraph = (text: string): RichTextBlock & { type: "paragraph" } => ({ type: "paragraph", content: inlines(text) });
const items = (lines: string[], mark: RegExp): RichTextListItem[] =>
  lines.map((line) => ({ type: "listItem", content: [paragraph(line.replace(mark, ""))] }));

function block(lines: string[]): RichTextBlock {
  const [first = ""] = lines;
  if (first.startsWith("## ")) return { type: "heading", attrs: { level: 2 }, content: inlines(first.slice(3)) };
  if (first.startsWith("> ")) return { type: "blockquote", content: [paragraph(lines.map((line) => line.slice(2)).join(" "))] };
  if (first.startsWith("- ")) return { type: "bulletList", content: items(lines, /^- /) };
  if (/^\d+\. /.test(first)) return { type: "orderedList", attrs: { start: 1, type: null }, content: items(lines, /^\d+\. /) };
  return paragraph(lines.join(" "));
}

/**
 * A document from a small notation: blocks are parted by an empty line and are a heading (`## `), a list (`- `, `1. `), a quote
 * (`> `) or a paragraph.
 */
export function seedText(source: string): RichTextDocument {
  const blocks = source
    .trim()
    .split(/\n\s*\n/)
    .map((part) => block(part.split("\n").map((line) => line.trim())));
  return richTextSchema.parse({ type: "doc", content: blocks });
}
