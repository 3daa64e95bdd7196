import { renderJSONContentToReactElement } from "@tiptap/static-renderer/json/react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { isSafeLink, type RichTextDocument, type RichTextMark } from "@/lib/schemas/rich-text";

/** What the renderer hands over; which attributes are there follows from the schema that the document has passed. */
type RenderedNode = {
  type: string;
  text?: string;
  attrs?: { level?: number; start?: number; type?: null; language?: null };
  marks?: readonly RichTextMark[];
  content?: RenderedNode[];
};
type NodeProps = { node: RenderedNode; children?: ReactNode };
type MarkProps = { mark: RichTextMark; children?: ReactNode };

function Anchor({ mark, children }: MarkProps) {
  const href = mark.type === "link" ? mark.attrs.href : "";
  if (!isSafeLink(href)) return <>{children}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

const options = {
  nodeMapping: {
    doc: ({ children }: NodeProps) => <>{children}</>,
    text: ({ node }: NodeProps) => <>{node.text}</>,
    // An empty paragraph is a line that its author left free.
    paragraph: ({ node, children }: NodeProps) => <p>{node.content ? children : <br />}</p>,
    heading: ({ node, children }: NodeProps) => (node.attrs?.level === 3 ? <h3>{children}</h3> : <h2>{children}</h2>),
    bulletList: ({ children }: NodeProps) => <ul>{children}</ul>,
    orderedList: ({ node, children }: NodeProps) => <ol start={node.attrs?.start}>{children}</ol>,
    listItem: ({ children }: NodeProps) => <li>{children}</li>,
    blockquote: ({ children }: NodeProps) => <blockquote>{children}</blockquote>,
    codeBlock: ({ children }: NodeProps) => (
      <pre tabIndex={0}>
        <code>{children}</code>
      </pre>
    ),
    horizontalRule: () => <hr />,
    hardBreak: () => <br />,
  },
  markMapping: {
    bold: ({ children }: MarkProps) => <strong>{children}</strong>,
    italic: ({ children }: MarkProps) => <em>{children}</em>,
    code: ({ children }: MarkProps) => <code>{children}</code>,
    link: Anchor,
  },
};

/** A rich text as its readers see it. It is rendered as elements, never as HTML text, and needs no script in the browser. */
export function RichText({ document, className }: { document: RichTextDocument; className?: string }) {
  // A new renderer each time: its keys count up from where they were, and would differ between two renderings of one text.
  const render = renderJSONContentToReactElement<RichTextMark, RenderedNode>(options);
  return <div className={cn("prose-lesson", className)}>{render({ content: document })}</div>;
}
