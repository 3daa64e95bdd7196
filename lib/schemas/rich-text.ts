import { z } from "zod";

/** What one piece of rich text may weigh as JSON; bytes. */
export const RICH_TEXT_MAX_BYTES = 200_000;
/** Nodes inside nodes. A list level takes two, so this is fourteen levels of lists; deeper is no text that a person wrote. */
const MAX_DEPTH = 30;

export type RichTextMark = { type: "bold" } | { type: "italic" } | { type: "code" } | { type: "link"; attrs: { href: string } };
export type RichTextInline = { type: "text"; text: string; marks?: RichTextMark[] } | { type: "hardBreak" };
export type RichTextParagraph = { type: "paragraph"; content?: RichTextInline[] };
export type RichTextListItem = { type: "listItem"; content: [RichTextParagraph, ...RichTextBlock[]] };
export type RichTextBlock =
  | RichTextParagraph
  | { type: "heading"; attrs: { level: 2 | 3 }; content?: RichTextInline[] }
  | { type: "bulletList"; content: RichTextListItem[] }
  | { type: "orderedList"; attrs: { start: number; type: null }; content: RichTextListItem[] }
  | { type: "blockquote"; content: RichTextBlock[] }
  | { type: "codeBlock"; attrs: { language: null }; content?: { type: "text"; text: string }[] }
  | { type: "horizontalRule" };
/** A ProseMirror document of the nodes and marks that the editor offers, and no others. */
export type RichTextDocument = { type: "doc"; content: RichTextBlock[] };

/** Absolute http, https and mailto addresses: what a link in a text may lead to. */
export function isSafeLink(href: string): boolean {
  if (!/^(https?:\/\/|mailto:)/i.test(href) || !URL.canParse(href)) return false;
  const url = new URL(href);
  return url.protocol === "mailto:" ? url.pathname.includes("@") : url.username === "" && url.password === "";
}

const mark = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("bold") }),
  z.strictObject({ type: z.literal("italic") }),
  z.strictObject({ type: z.literal("code") }),
  // The editor's other attributes (target, rel, class) are the renderer's to decide.
  z.strictObject({
    type: z.literal("link"),
    attrs: z.object({
      href: z.string().max(2_000).refine(isSafeLink, "A link starts with https://, http:// or mailto: and names a whole address."),
    }),
  }),
]);
const text = z.string().min(1);
const inline = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text, marks: z.array(mark).max(4).optional() }),
  z.strictObject({ type: z.literal("hardBreak") }),
]);
const paragraph = z.strictObject({ type: z.literal("paragraph"), content: z.array(inline).optional() });
const listItem = z.strictObject({
  type: z.literal("listItem"),
  content: z.tuple(
    [paragraph],
    z.lazy(() => block),
  ),
});
const block: z.ZodType<RichTextBlock> = z.lazy(() =>
  z.discriminatedUnion("type", [
    paragraph,
    z.strictObject({
      type: z.literal("heading"),
      attrs: z.object({ level: z.literal([2, 3]) }),
      content: z.array(inline).optional(),
    }),
    z.strictObject({ type: z.literal("bulletList"), content: z.array(listItem).min(1) }),
    z.strictObject({
      type: z.literal("orderedList"),
      attrs: z.object({ start: z.int().min(0).max(9_999).default(1), type: z.null().default(null) }).default({ start: 1, type: null }),
      content: z.array(listItem).min(1),
    }),
    z.strictObject({ type: z.literal("blockquote"), content: z.array(block).min(1) }),
    z.strictObject({
      type: z.literal("codeBlock"),
      attrs: z.object({ language: z.null().catch(null) }).default({ language: null }),
      content: z.array(z.strictObject({ type: z.literal("text"), text })).optional(),
    }),
    z.strictObject({ type: z.literal("horizontalRule") }),
  ]),
);

/** Depth by a walk without recursion: a hostile document must not reach the recursive parser, whose stack it could exhaust. */
function depthOf(document: unknown): number {
  let level: unknown[] = [document];
  let depth = 0;
  while (level.length > 0 && depth <= MAX_DEPTH) {
    depth += 1;
    level = level.flatMap((node) => {
      const content: unknown = typeof node === "object" && node !== null && "content" in node ? node.content : null;
      return Array.isArray(content) ? (content as unknown[]) : [];
    });
  }
  return depth;
}

const document = z.strictObject({ type: z.literal("doc"), content: z.array(block).min(1) });
const FOREIGN = "This text contains something that the editor does not offer. Take out what was pasted last, or paste it as plain text.";

/**
 * A rich text as the editor writes it. Unknown nodes, marks and link schemes are refused, not dropped: what is saved is what was seen.
 * A list item begins with a paragraph and a text is never empty, as ProseMirror demands: it empties a document that breaks its rules.
 * One issue at most, at the text itself, so that a form can show it at the field.
 */
export const richTextSchema: z.ZodType<RichTextDocument> = z.unknown().transform((input, context) => {
  const refuse = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  if (depthOf(input) > MAX_DEPTH) return refuse("This text is nested too deeply. Flatten its lists and quotes.");
  const json: unknown = JSON.stringify(input);
  if (typeof json !== "string") return refuse(FOREIGN);
  if (new TextEncoder().encode(json).length > RICH_TEXT_MAX_BYTES)
    return refuse("This text is over 200 kB. Split it into several lessons.");
  const parsed = document.safeParse(input);
  if (parsed.success) return parsed.data;
  return refuse(parsed.error.issues.find((issue) => issue.code === "custom")?.message ?? FOREIGN);
});

/** Whether a document has nothing to read: only empty paragraphs. */
export function isBlankRichText(document: RichTextDocument): boolean {
  return document.content.every(
    (node) => node.type === "paragraph" && (node.content ?? []).every((piece) => piece.type === "hardBreak" || piece.text.trim() === ""),
  );
}

/** The same, where an absent or blank text becomes null: the form in which it is stored. */
export const optionalRichTextSchema = richTextSchema
  .nullable()
  .transform((document) => (document === null || isBlankRichText(document) ? null : document));

/** The first words of a text without its form, at most `length` characters. */
export function richTextExcerpt(document: RichTextDocument | null | undefined, length = 200): string {
  const words: string[] = [];
  const collect = (node: { type: string; text?: string; content?: readonly { type: string }[] }) => {
    if (node.text) words.push(node.text);
    node.content?.forEach(collect);
    if (node.content) words.push(" ");
  };
  if (document) collect(document);
  const whole = words.join("").replace(/\s+/g, " ").trim();
  return whole.length > length ? `${whole.slice(0, length - 1).trimEnd()}…` : whole;
}
