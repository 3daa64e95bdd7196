import { S3Error } from "./s3-error.ts";

/** A span of bytes, both ends included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a Range header: `bytes=0-9`, `bytes=10-`, `bytes=-5`. Undefined means the whole object: no header, another
 * unit, several ranges (S3 serves the whole then) or a header that isn't valid (RFC 9110, 14.2: ignored).
 * @throws S3Error InvalidRange when no byte of it exists.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  if (!match) return undefined;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return undefined;
  if (first !== "" && last !== "" && Number(first) > Number(last)) return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (start < size && !(first === "" && Number(last) === 0)) return { start, end };
  throw new S3Error("InvalidRange", "The requested range is not satisfiable", {
    details: { RangeRequested: header ?? "", ActualObjectSize: size },
    headers: { "Content-Range": `bytes */${size}` },
  });
}

/**
 * Reads x-amz-copy-source-range, which must name both ends inside the source.
 * @throws S3Error InvalidArgument.
 */
export function parseCopyRange(header: string, size: number): ByteRange {
  const match = /^bytes=(\d+)-(\d+)$/.exec(header);
  const [start, end] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || start > end) {
    throw new S3Error(
      "InvalidArgument",
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
    );
  }
  if (end >= size) {
    throw new S3Error("InvalidArgument", `Range specified is not valid for source object of size: ${size}`);
  }
  return { start, end };
}
