import { readFileSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "../../support/seeded-random";

const clip = readFileSync(join(import.meta.dirname, "../../support/media/clip.mp4"));

function noise(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const random = seededRandom(seed);
  const words = new Uint32Array(Math.ceil(length / 4));
  for (let index = 0; index < words.length; index += 1) words[index] = random() * 2 ** 32;
  return new Uint8Array(words.buffer, 0, length);
}

// Of a length that no part size is a multiple of: each part differs.
const chunk = new Blob([noise(1_048_573, 1)]);

/**
 * A film of `size` bytes that needs no memory: a real clip, then one box of filling (ISO/IEC 14496-12, 8.1.2) made of one block over and
 * over.
 */
export function videoBlob(size: number, filling: Blob = chunk): Blob {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(size - clip.length);
  header.write("free", 4);
  const rest = size - clip.length - header.length;
  const times = Math.ceil(rest / filling.size);
  return new Blob([clip, header, new Blob(Array.from({ length: times }, () => filling)).slice(0, rest)]);
}

/** Bytes other than those of the same length in every other film. */
export function otherBytes(length: number): Blob {
  return new Blob([noise(length, 2)]);
}

/** `whole`, with `piece` in place of what is at `start`. */
export function patched(whole: Blob, start: number, piece: Blob): Blob {
  return new Blob([whole.slice(0, start), piece, whole.slice(start + piece.size)]);
}

/** A chosen file whose bytes may change, or become unreadable, under the page's hands: a browser reads them when it needs them. */
export class MadeFile extends File {
  #content: Blob;
  #readable = true;

  constructor(content: Blob, name = "talk.mp4", lastModified = 1_790_000_000_000) {
    super([], name, { lastModified });
    this.#content = content;
  }

  override get size(): number {
    return this.#content.size;
  }

  edit(content: Blob): void {
    this.#content = content;
  }

  remove(): void {
    this.#readable = false;
  }

  override slice(start = 0, end = this.size): Blob {
    return new MadeSlice(Math.min(end, this.size) - start, () => {
      if (!this.#readable) throw new DOMException("The requested file could not be read.", "NotReadableError");
      return this.#content.slice(start, end);
    });
  }
}

class MadeSlice extends Blob {
  readonly #length: number;
  readonly #read: () => Blob;

  constructor(length: number, read: () => Blob) {
    super([]);
    this.#length = length;
    this.#read = read;
  }

  override get size(): number {
    return this.#length;
  }

  override slice(start = 0, end = this.size): Blob {
    const from = start < 0 ? this.size + start : start;
    return new MadeSlice(Math.min(end, this.size) - from, () => this.#read().slice(from, end));
  }

  override stream() {
    return this.#read().stream();
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#read().arrayBuffer();
  }
}
