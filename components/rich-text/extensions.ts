import { Link } from "@tiptap/extension-link";
import { StarterKit } from "@tiptap/starter-kit";
import { isSafeLink } from "@/lib/schemas/rich-text";

/** A link is its address; where it opens is for the renderer to decide. */
const AddressLink = Link.extend({
  addAttributes: () => ({ href: { default: null } }),
}).configure({
  openOnClick: false,
  defaultProtocol: "https",
  isAllowedUri: (href) => isSafeLink(href),
  HTMLAttributes: { target: null, rel: null, class: null },
});

/** What the editor offers: exactly the nodes and marks that the rich text schema lets through. */
export const extensions = [
  StarterKit.configure({ heading: { levels: [2, 3] }, strike: false, underline: false, link: false, trailingNode: false }),
  AddressLink,
];
