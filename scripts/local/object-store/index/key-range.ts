/** A span of keys in byte order: from `start` (itself excluded when `exclusive`) up to, not including, `end`. */
export interface KeyRange {
  readonly start: Buffer;
  readonly exclusive: boolean;
  /** Undefined: no upper bound. */
  readonly end: Buffer | undefined;
}

/** The first byte string after everything that starts with `prefix`, or undefined when there is none. */
export function afterPrefix(prefix: Buffer): Buffer | undefined {
  for (let index = prefix.length - 1; index >= 0; index -= 1) {
    const byte = prefix[index] ?? 0xff;
    if (byte === 0xff) continue;
    const next = Buffer.from(prefix.subarray(0, index + 1));
    next[index] = byte + 1;
    return next;
  }
  return undefined;
}

/** All keys with `prefix` that come after `after` (when given). */
export function prefixRange(prefix: Buffer, after: Buffer | undefined): KeyRange {
  const end = prefix.length === 0 ? undefined : afterPrefix(prefix);
  if (after && Buffer.compare(after, prefix) >= 0) return { start: after, exclusive: true, end };
  return { start: prefix, exclusive: false, end };
}

/**
 * The part of `key` that a listing rolls up: through the first delimiter after the prefix. Undefined when the key
 * holds none and is listed itself.
 */
export function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === "") return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}
