import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import type { ReadStream } from "node:fs";
import { link, mkdir, open, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import type { DiscardTable } from "./index/discard-table.ts";
import { S3Error } from "./s3-error.ts";

const WRITE_BUFFER_BYTES = 256 * 1024;
const READ_BUFFER_BYTES = 256 * 1024;

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

// Where the bytes of a store without any go.
function nowhere(): Writable {
  return new Writable({ highWaterMark: WRITE_BUFFER_BYTES, write: (_chunk, _encoding, done) => done() });
}

/**
 * The bytes of objects and parts, one file for each, under a random name: keys never become paths, so no key can
 * collide with a directory or leave the store. A file is written once and never changed.
 */
export class ContentFiles {
  readonly #directory: string;
  readonly #discard: DiscardTable;
  readonly #keepsNothing: boolean;
  readonly #directories = new Set<string>();
  readonly #readers = new Map<string, number>();
  readonly #waiting = new Set<string>();

  /** With `keepsNothing` every file is forgotten as it is written. */
  constructor(directory: string, discard: DiscardTable, keepsNothing: boolean) {
    this.#directory = directory;
    this.#discard = discard;
    this.#keepsNothing = keepsNothing;
  }

  #requireBytes(): void {
    if (this.#keepsNothing) throw new S3Error("NotImplemented", "This store keeps no bytes, so it can't read any.");
  }

  #path(file: string): string {
    return join(this.#directory, file.slice(0, 2), file);
  }

  /** Reserves a new name. Until a row takes it, a restart removes the file. */
  async reserve(): Promise<string> {
    const file = randomBytes(16).toString("hex");
    const directory = dirname(this.#path(file));
    if (!this.#directories.has(directory)) {
      await mkdir(directory, { recursive: true });
      this.#directories.add(directory);
    }
    this.#discard.add(file);
    return file;
  }

  /** A stream that fills a reserved file. The file exists before this resolves, so a later `discard` can't miss it. */
  async write(file: string): Promise<Writable> {
    if (this.#keepsNothing) return nowhere();
    const handle = await open(this.#path(file), "wx");
    return handle.createWriteStream({ highWaterMark: WRITE_BUFFER_BYTES });
  }

  /**
   * A second name for the same bytes, at no cost of space or time.
   * @throws S3Error NotImplemented when no bytes are kept.
   */
  async link(from: string): Promise<string> {
    this.#requireBytes();
    const file = await this.reserve();
    await link(this.#path(from), this.#path(file));
    return file;
  }

  /**
   * Bytes `start` to `end`, both included, of a pinned file.
   * @throws S3Error NotImplemented when no bytes are kept.
   */
  read(file: string, start: number, end: number): ReadStream {
    this.#requireBytes();
    return createReadStream(this.#path(file), { start, end, highWaterMark: READ_BUFFER_BYTES });
  }

  /** Keeps files readable while they are being sent, even when their object is replaced; the result lets go of them. */
  pin(files: readonly string[]): () => Promise<void> {
    for (const file of files) this.#readers.set(file, (this.#readers.get(file) ?? 0) + 1);
    return async () => {
      const idle: string[] = [];
      for (const file of files) {
        const left = (this.#readers.get(file) ?? 1) - 1;
        if (left > 0) this.#readers.set(file, left);
        else {
          this.#readers.delete(file);
          if (this.#waiting.delete(file)) idle.push(file);
        }
      }
      await this.discard(idle);
    };
  }

  /** Removes files that no row needs any more; one that is being read goes when its last reader is done. */
  async discard(files: readonly string[]): Promise<void> {
    await Promise.all(
      files.map(async (file) => {
        if (this.#readers.has(file)) {
          this.#waiting.add(file);
          return;
        }
        await unlink(this.#path(file)).catch((error: unknown) => {
          if (!isMissing(error)) throw error;
        });
        this.#discard.remove(file);
      }),
    );
  }

  /** Removes what a killed process left. */
  async sweep(): Promise<void> {
    await this.discard(this.#discard.list());
  }
}
