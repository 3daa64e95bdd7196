import type { ByteRange } from "./byte-range.ts";
import type { ObjectIndex } from "./index/object-index.ts";
import type { StoredObject } from "./index/records.ts";

/** A run of bytes inside one content file, both ends included. */
export interface Segment extends ByteRange {
  readonly file: string;
}

/** The pieces of files that make up `range` of an object, in order: one for a plain object, some of the parts of a multipart one. */
export function contentSegments(index: ObjectIndex, object: StoredObject, range: ByteRange): Segment[] {
  if (object.size === 0) return [];
  if (object.parts === 0) return [{ file: object.body, ...range }];
  const segments: Segment[] = [];
  let offset = 0;
  for (const part of index.uploads.parts(object.body)) {
    const start = Math.max(range.start - offset, 0);
    const end = Math.min(range.end - offset, part.size - 1);
    if (start <= end) segments.push({ file: part.file, start, end });
    offset += part.size;
  }
  return segments;
}
