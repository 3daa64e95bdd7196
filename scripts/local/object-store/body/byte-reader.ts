import { S3Error } from "../s3-error.ts";

const NEWLINE = 0x0a;

function incomplete(): S3Error {
  return new S3Error("IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header.");
}

/** Reads lines and exact runs of bytes from a stream of buffers, holding at most one buffer and one line. */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #fill(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const next = await this.#source.next();
      if (next.done) return false;
      this.#rest = next.value;
    }
    return true;
  }

  /**
   * The next line, without its CR LF; an end of the stream also ends it.
   * @throws S3Error IncompleteBody when it is longer than `limit` bytes.
   */
  async line(limit: number): Promise<string> {
    const pieces: Buffer[] = [];
    let length = 0;
    while (await this.#fill()) {
      const end = this.#rest.indexOf(NEWLINE);
      const piece = end < 0 ? this.#rest : this.#rest.subarray(0, end);
      this.#rest = this.#rest.subarray(end < 0 ? this.#rest.length : end + 1);
      length += piece.length;
      if (length > limit) throw incomplete();
      pieces.push(piece);
      if (end >= 0) break;
    }
    const text = Buffer.concat(pieces).toString("utf8");
    return text.endsWith("\r") ? text.slice(0, -1) : text;
  }

  /**
   * Yields exactly `size` bytes, as they come.
   * @throws S3Error IncompleteBody when the stream ends before.
   */
  async *take(size: number): AsyncGenerator<Buffer, void, void> {
    let left = size;
    while (left > 0) {
      if (!(await this.#fill())) throw incomplete();
      const piece = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  /** @throws S3Error IncompleteBody when bytes follow. */
  async expectEnd(): Promise<void> {
    if (await this.#fill()) throw incomplete();
  }

  /** Lets go of the stream, read to its end or not. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
