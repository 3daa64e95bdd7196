import { SaxesParser } from "saxes";
import { S3Error } from "./s3-error.ts";

/** One element of a parsed request body. `text` is the concatenated character data of the element itself. */
export interface XmlElement {
  readonly name: string;
  readonly children: XmlElement[];
  text: string;
}

/** What `toXml` writes: an array repeats its element, an absent value is left out. */
export type XmlValue = string | number | boolean | readonly XmlValue[] | { readonly [name: string]: XmlValue | undefined };

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

function malformed(detail: string): S3Error {
  return new S3Error(
    "MalformedXML",
    `The XML you provided was not well-formed or did not validate against our published schema. ${detail}`.trim(),
  );
}

/**
 * Parses a request body whose root must be `rootName` (any namespace).
 * @throws S3Error MalformedXML when it is not well-formed, declares a document type or has another root.
 */
export function parseXml(body: string, rootName: string): XmlElement {
  const root: XmlElement = { name: "", children: [], text: "" };
  const open = [root];
  const top = (): XmlElement => open.at(-1) ?? root;
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw malformed(error.message);
  });
  parser.on("doctype", () => {
    throw malformed("A document type is not accepted.");
  });
  parser.on("opentag", (tag) => {
    const element: XmlElement = { name: tag.name, children: [], text: "" };
    top().children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  const addText = (text: string): void => {
    top().text += text;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(body).close();
  const [document] = root.children;
  if (document?.name !== rootName) throw malformed(`Expected ${rootName}.`);
  return document;
}

/** The children of `parent` named `name`, in document order. */
export function childrenOf(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter((child) => child.name === name);
}

/** The only child named `name`, or undefined. Two of them are MalformedXML. */
export function childOf(parent: XmlElement, name: string): XmlElement | undefined {
  const [first, second] = childrenOf(parent, name);
  if (second) throw malformed(`${parent.name} has more than one ${name}.`);
  return first;
}

/** The text of the only child named `name`, or undefined when it is absent. */
export function textOf(parent: XmlElement, name: string): string | undefined {
  return childOf(parent, name)?.text;
}

/** As `textOf`, but an absent child is MalformedXML. */
export function requiredTextOf(parent: XmlElement, name: string): string {
  const text = textOf(parent, name);
  if (text === undefined) throw malformed(`${parent.name} needs ${name}.`);
  return text;
}

/** The text of child `name` as a whole number within bounds; undefined when absent, MalformedXML when it is no such number. */
export function integerOf(parent: XmlElement, name: string, minimum: number, maximum: number): number | undefined {
  const text = textOf(parent, name)?.trim();
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < minimum || value > maximum) throw malformed(`${name} is not valid.`);
  return value;
}

/** Refuses children that this store doesn't know, so that no part of a configuration is silently ignored. */
export function expectOnly(parent: XmlElement, names: readonly string[]): void {
  const stranger = parent.children.find((child) => !names.includes(child.name));
  if (stranger) throw malformed(`${parent.name} can't contain ${stranger.name}.`);
}

const ENTITY: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeText(text: string): string {
  // Control characters are legal in keys: written as references, as S3 does (encoding-type=url is the safe way to list them).
  return text.replace(/[&<>"\p{Cc}]/gu, (character) => {
    return ENTITY[character] ?? `&#x${character.charCodeAt(0).toString(16)};`;
  });
}

function writeElement(name: string, value: XmlValue | undefined): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.map((item: XmlValue) => writeElement(name, item)).join("");
  if (typeof value === "object") {
    const inner = Object.entries(value).map(([child, content]) => writeElement(child, content));
    return `<${name}>${inner.join("")}</${name}>`;
  }
  return `<${name}>${escapeText(String(value))}</${name}>`;
}

/** Writes an answer document with S3's namespace; error documents have none. */
export function toXml(root: string, value: { readonly [name: string]: XmlValue | undefined }, namespace = true): string {
  const inner = Object.entries(value).map(([name, content]) => writeElement(name, content));
  const attribute = namespace ? ` xmlns="${NAMESPACE}"` : "";
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${inner.join("")}</${root}>`;
}
