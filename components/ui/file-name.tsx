import { shortFileName, splitFileName } from "./short-file-name";

/**
 * A file's name in one line, as wide as there is room. A long one is cut in its middle: dates, numbers and the extension stand at the end. It runs in
 * its own direction, so that an Arabic name is cut at the same place, and the line keeps its side.
 */
export function FileName({ name }: { name: string }) {
  const [head, tail] = splitFileName(name);
  return (
    <span dir="auto" title={name} className="inline-flex max-w-full align-bottom whitespace-pre">
      <span className="overflow-hidden text-ellipsis">{head}</span>
      {tail ? <span className="shrink-0">{tail}</span> : null}
    </span>
  );
}

/** A file's name within a sentence, which keeps its order whatever the name's script. */
export function FileNameInText({ name }: { name: string }) {
  return (
    <bdi title={name} className="wrap-anywhere">
      {shortFileName(name)}
    </bdi>
  );
}
