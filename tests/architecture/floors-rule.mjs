import path from "node:path";
import { violation } from "./house.mjs";

const root = path.resolve(import.meta.dirname, "../..");

/** Turns an import's text into a path from the root, or null for a package. */
function resolveFromRoot(specifier, fileName) {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  if (!specifier.startsWith(".")) return null;
  return path
    .relative(root, path.resolve(path.dirname(fileName), specifier))
    .split(path.sep)
    .join("/");
}

/** ESLint rule: a room imports only the rooms that the house allows it. */
export const floorsRule = {
  meta: { type: "problem", schema: [], messages: { climb: "{{from}} imports {{to}}: {{reason}}." } },
  create(context) {
    const from = path.relative(root, context.filename).split(path.sep).join("/");
    const check = (source) => {
      if (typeof source?.value !== "string") return;
      const to = resolveFromRoot(source.value, context.filename);
      // Room patterns speak of files; an import may leave the ending out.
      const file = to && !/\.[a-z]+$/i.test(to) ? `${to}.ts` : to;
      const reason = file && violation(from, file);
      if (reason) context.report({ node: source, messageId: "climb", data: { from, to: file, reason } });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
    };
  },
};
