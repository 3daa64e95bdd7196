import type { DatabaseSync } from "node:sqlite";
import { keyBytes, textColumn, transact } from "./database.ts";
import type { DiscardTable } from "./discard-table.ts";
import type { KeyRange } from "./key-range.ts";
import { toStoredPart, toStoredUpload, uploadAttributesJson } from "./records.ts";
import type { StoredPart, StoredUpload } from "./records.ts";

/** Multipart uploads in progress, and the parts of both those and of completed multipart objects. */
export class UploadTable {
  readonly #database: DatabaseSync;
  readonly #discard: DiscardTable;
  readonly #find;
  readonly #part;
  readonly #parts;
  readonly #putPart;
  readonly #removePart;

  constructor(database: DatabaseSync, discard: DiscardTable) {
    this.#database = database;
    this.#discard = discard;
    this.#find = database.prepare("SELECT * FROM upload WHERE id = ? AND bucket = ? AND key = ?");
    this.#part = database.prepare("SELECT * FROM part WHERE upload = ? AND number = ?");
    this.#parts = database.prepare("SELECT * FROM part WHERE upload = ? AND number > ? ORDER BY number LIMIT ?");
    this.#putPart = database.prepare(
      "INSERT OR REPLACE INTO part (upload, number, file, size, etag, modified, checksums) VALUES (?, ?, ?, ?, ?, ?, ?)",
    );
    this.#removePart = database.prepare("DELETE FROM part WHERE upload = ? AND number = ?");
  }

  create(upload: StoredUpload): void {
    this.#database
      .prepare("INSERT INTO upload (bucket, key, id, initiated, storage_class, attributes) VALUES (?, ?, ?, ?, ?, ?)")
      .run(upload.bucket, keyBytes(upload.key), upload.id, upload.initiated, upload.storageClass, uploadAttributesJson(upload));
  }

  find(bucket: string, key: string, id: string): StoredUpload | undefined {
    const row = this.#find.get(id, bucket, keyBytes(key));
    return row && toStoredUpload(row);
  }

  /** At most `limit` uploads of the range by key, then by id, which is in order of time; `after` skips one key's ids up to it. */
  range(bucket: string, range: KeyRange, after: { key: Buffer; id: string } | undefined, limit: number): StoredUpload[] {
    const conditions = [`key ${range.exclusive ? ">" : ">="} ?`];
    const values = [range.start];
    if (range.end) {
      conditions.push("key < ?");
      values.push(range.end);
    }
    // The ids of the marker's own key that are still to come go before the keys after it.
    const rest = after
      ? this.#database
          .prepare("SELECT * FROM upload WHERE bucket = ? AND key = ? AND id > ? ORDER BY id LIMIT ?")
          .all(bucket, after.key, after.id, limit)
      : [];
    const next = this.#database
      .prepare(`SELECT * FROM upload WHERE bucket = ? AND ${conditions.join(" AND ")} ORDER BY key, id LIMIT ?`)
      .all(bucket, ...values, limit - rest.length);
    return [...rest, ...next].map(toStoredUpload);
  }

  /** All uploads of a bucket begun before `time` (milliseconds since the epoch). */
  begunBefore(bucket: string, time: number): StoredUpload[] {
    return this.#database.prepare("SELECT * FROM upload WHERE bucket = ? AND initiated < ?").all(bucket, time).map(toStoredUpload);
  }

  isEmpty(bucket: string): boolean {
    return this.#database.prepare("SELECT 1 FROM upload WHERE bucket = ? LIMIT 1").get(bucket) === undefined;
  }

  /** Parts with a number above `after`, ascending. */
  parts(id: string, after = 0, limit = -1): StoredPart[] {
    return this.#parts.all(id, after, limit).map(toStoredPart);
  }

  /**
   * Keeps a part, replacing one of the same number. Returns the content files to discard.
   * `check` runs in the same transaction and throws when the upload is gone.
   */
  putPart(id: string, part: StoredPart, check: () => void): string[] {
    return transact(this.#database, () => {
      check();
      const replaced = this.#part.get(id, part.number);
      const released = replaced ? [textColumn(replaced, "file")] : [];
      for (const file of released) this.#discard.add(file);
      this.#discard.remove(part.file);
      const { number, file, size, etag, modified } = part;
      this.#putPart.run(id, number, file, size, etag, modified, JSON.stringify(part.checksums));
      return released;
    });
  }

  /** Ends an upload inside the caller's transaction, keeping the parts in `keep`. Returns the files of the others, on the discard list. */
  finish(id: string, keep: ReadonlySet<number>): string[] {
    const released: string[] = [];
    for (const part of this.parts(id)) {
      if (keep.has(part.number)) continue;
      this.#discard.add(part.file);
      this.#removePart.run(id, part.number);
      released.push(part.file);
    }
    this.#database.prepare("DELETE FROM upload WHERE id = ?").run(id);
    return released;
  }

  /** Drops an upload and its parts. Returns the content files to discard. */
  abort(id: string): string[] {
    return transact(this.#database, () => this.finish(id, new Set()));
  }

  /** Forgets the parts of a completed object that goes away, inside the caller's transaction. Returns their files. */
  removeParts(id: string): string[] {
    const files = this.parts(id).map((part) => part.file);
    this.#database.prepare("DELETE FROM part WHERE upload = ?").run(id);
    return files;
  }
}
