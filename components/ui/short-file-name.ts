/** Letters that stay at the end of a long name, the extension among them. */
const TAIL = 12;
/** Names up to here fit into nearly every line; letters. */
const LINE = 28;
/** And up to here into a sentence. */
const SENTENCE = 48;

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
/** As people count them: an emoji of several code points is one. */
const lettersOf = (name: string) => Array.from(segmenter.segment(name), ({ segment }) => segment);

/** A file's name as what may be cut at its end, and what is to stay behind that: "" for a short name. */
export function splitFileName(name: string): [head: string, tail: string] {
  const letters = lettersOf(name);
  return letters.length <= LINE ? [name, ""] : [letters.slice(0, -TAIL).join(""), letters.slice(-TAIL).join("")];
}

/** A file's name of at most 48 letters: of a long one the beginning and the end. */
export function shortFileName(name: string): string {
  const letters = lettersOf(name);
  if (letters.length <= SENTENCE) return name;
  return `${letters.slice(0, SENTENCE - TAIL - 1).join("")}…${letters.slice(-TAIL).join("")}`;
}
