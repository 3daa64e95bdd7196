import { describe, expect, it } from "vitest";
import {
  isBlankRichText,
  isSafeLink,
  optionalRichTextSchema,
  RICH_TEXT_MAX_BYTES,
  richTextExcerpt,
  richTextSchema,
  type RichTextDocument,
} from "@/lib/schemas/rich-text";

const doc = (...content: unknown[]) => ({ type: "doc", content });
const paragraph = (text: string, marks?: unknown[]) => ({
  type: "paragraph",
  content: [{ type: "text", text, ...(marks ? { marks } : {}) }],
});
const item = (...content: unknown[]) => ({ type: "listItem", content });
const refusal = (input: unknown) => richTextSchema.safeParse(input).error?.issues.map(({ path, message }) => ({ path, message }));
const FOREIGN = [{ path: [], message: expect.stringContaining("does not offer") as string }];

describe("the rich text schema", () => {
  it("keeps everything that the editor offers", () => {
    const document = doc(
      { type: "heading", attrs: { level: 2 }, content: [{ type: "text", text: "Title" }] },
      paragraph("Words", [{ type: "bold" }, { type: "italic" }, { type: "link", attrs: { href: "https://example.com/a?b=c" } }]),
      { type: "bulletList", content: [item({ type: "paragraph" }, { type: "bulletList", content: [item(paragraph("Deeper"))] })] },
      { type: "orderedList", attrs: { start: 3, type: null }, content: [item(paragraph("Three"))] },
      { type: "blockquote", content: [paragraph("Said")] },
      { type: "codeBlock", attrs: { language: null }, content: [{ type: "text", text: "const a = 1;" }] },
      { type: "horizontalRule" },
      {
        type: "paragraph",
        content: [{ type: "text", text: "a" }, { type: "hardBreak" }, { type: "text", text: "b", marks: [{ type: "code" }] }],
      },
    );
    expect(richTextSchema.parse(document)).toEqual(document);
  });

  it("drops a link's target and class, which are the renderer's", () => {
    const link = { type: "link", attrs: { href: "https://example.com", target: "_self", class: "x", rel: "opener" } };
    expect(richTextSchema.parse(doc(paragraph("a", [link])))).toEqual(
      doc(paragraph("a", [{ type: "link", attrs: { href: "https://example.com" } }])),
    );
  });

  it.each([
    ["an image", doc({ type: "image", attrs: { src: "https://example.com/x.png" } })],
    ["a frame", doc({ type: "iframe", attrs: { src: "https://example.com" } })],
    ["a first-level heading", doc({ type: "heading", attrs: { level: 1 } })],
    ["an unknown mark", doc(paragraph("a", [{ type: "highlight" }]))],
    ["HTML beside a text", doc({ ...paragraph("a"), html: "<script>" })],
    ["a mark in a code block", doc({ type: "codeBlock", content: [{ type: "text", text: "a", marks: [{ type: "bold" }] }] })],
    [
      "a list item that begins with a list",
      doc({ type: "bulletList", content: [item({ type: "bulletList", content: [item(paragraph("a"))] })] }),
    ],
    ["an empty text", doc(paragraph(""))],
    ["a document without blocks", doc()],
    ["a text instead of a document", "<p>Hello</p>"],
    ["nothing", undefined],
  ])("refuses %s, with one sentence at the field itself", (_name, input) => {
    expect(refusal(input)).toEqual(FOREIGN);
  });

  it("refuses a link of another scheme and says what a link is", () => {
    for (const href of ["javascript:alert(1)", "data:text/html,x", "/relative", "//example.com", "JaVaScRiPt:alert(1)", "https://"]) {
      const issues = refusal(doc(paragraph("a", [{ type: "link", attrs: { href } }])));
      expect(issues).toEqual([{ path: [], message: expect.stringContaining("https://") as string }]);
    }
  });

  it("refuses a text over the bound", () => {
    expect(refusal(doc(paragraph("a".repeat(RICH_TEXT_MAX_BYTES))))).toEqual([
      { path: [], message: expect.stringContaining("200 kB") as string },
    ]);
    // Two bytes each in UTF-8: the bound is in bytes, not in characters.
    expect(refusal(doc(paragraph("é".repeat(RICH_TEXT_MAX_BYTES / 2))))).toHaveLength(1);
  });

  it("refuses what is nested beyond reason, without exhausting the stack", () => {
    let nested: unknown = { type: "paragraph" };
    for (let depth = 0; depth < 100_000; depth += 1) nested = { type: "blockquote", content: [nested] };
    expect(refusal(doc(nested))).toEqual([{ path: [], message: expect.stringContaining("nested too deeply") as string }]);
  });
});

describe("an optional rich text", () => {
  it("is null when nothing is to be read in it", () => {
    for (const blank of [null, doc({ type: "paragraph" }), doc(paragraph("  "), { type: "paragraph", content: [{ type: "hardBreak" }] })]) {
      expect(optionalRichTextSchema.parse(blank)).toBeNull();
    }
    expect(isBlankRichText(richTextSchema.parse(doc({ type: "horizontalRule" })))).toBe(false);
  });
});

describe("isSafeLink", () => {
  it("lets whole web and mail addresses through, and nothing that carries a password", () => {
    expect(["https://example.com", "http://localhost:3000/a", "mailto:a@b.test"].every(isSafeLink)).toBe(true);
    expect(["https://user:secret@example.com", "mailto:", "ftp://example.com", "https:example", ""].some(isSafeLink)).toBe(false);
  });
});

describe("richTextExcerpt", () => {
  it("gives the first words with a space between blocks, and an ellipsis where it cuts", () => {
    const document: RichTextDocument = richTextSchema.parse(
      doc(paragraph("One two"), { type: "blockquote", content: [paragraph("three")] }),
    );
    expect(richTextExcerpt(document)).toBe("One two three");
    expect(richTextExcerpt(document, 8)).toBe("One two…");
    expect(richTextExcerpt(null)).toBe("");
  });
});
