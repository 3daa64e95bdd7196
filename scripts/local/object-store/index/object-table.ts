import type { DatabaseSync } from "node:sqlite";
import { integerColumn, keyBytes, transact } from "./database.ts";
import type { DiscardTable } from "./discard-table.ts";
import type { KeyRange } from "./key-range.ts";
import { objectAttributesJson, toListedObject, toStoredObject } from "./records.ts";
import type { ListedObject, StoredObject } from "./records.ts";
import type { UploadTable } from "./upload-table.ts";

const LISTED = "SELECT key, size, etag, modified, storage_class FROM object WHERE bucket = ? AND";

/** Objects by bucket and key, in S3's key order. */
export class ObjectTable {
  readonly #database: DatabaseSync;
  readonly #discard: DiscardTable;
  readonly #uploads: UploadTable;
  readonly #find;
  readonly #put;
  readonly #remove;
  readonly #count;
  readonly #ranges;

  constructor(database: DatabaseSync, discard: DiscardTable, uploads: UploadTable) {
    this.#database = database;
    this.#discard = discard;
    this.#uploads = uploads;
    this.#find = database.prepare("SELECT * FROM object WHERE bucket = ? AND key = ?");
    this.#put = database.prepare(
      `INSERT OR REPLACE INTO object (bucket, key, body, parts, size, etag, modified, storage_class, attributes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#remove = database.prepare("DELETE FROM object WHERE bucket = ? AND key = ?");
    this.#count = database.prepare("SELECT count(*) AS n FROM (SELECT 1 FROM object WHERE bucket = ? LIMIT ?)");
    this.#ranges = {
      from: database.prepare(`${LISTED} key >= ? ORDER BY key LIMIT ?`),
      after: database.prepare(`${LISTED} key > ? ORDER BY key LIMIT ?`),
      fromTo: database.prepare(`${LISTED} key >= ? AND key < ? ORDER BY key LIMIT ?`),
      afterTo: database.prepare(`${LISTED} key > ? AND key < ? ORDER BY key LIMIT ?`),
    };
  }

  find(bucket: string, key: string): StoredObject | undefined {
    const row = this.#find.get(bucket, keyBytes(key));
    return row && toStoredObject(row);
  }

  /** At most `limit` objects of the range, in key order. */
  range(bucket: string, range: KeyRange, limit: number): ListedObject[] {
    const { start, end, exclusive } = range;
    const rows = end
      ? (exclusive ? this.#ranges.afterTo : this.#ranges.fromTo).all(bucket, start, end, limit)
      : (exclusive ? this.#ranges.after : this.#ranges.from).all(bucket, start, limit);
    return rows.map(toListedObject);
  }

  isEmpty(bucket: string): boolean {
    const row = this.#count.get(bucket, 1);
    return row !== undefined && integerColumn(row, "n") === 0;
  }

  /**
   * Makes `object` the current one under its key, in one transaction with the check: `check` sees what is there and
   * throws to leave it. Returns the content files that are no longer needed.
   */
  put(object: StoredObject, check: (current: StoredObject | undefined) => void): string[] {
    return transact(this.#database, () => {
      const current = this.find(object.bucket, object.key);
      check(current);
      const released = current ? this.#release(current) : [];
      if (object.parts === 0) this.#discard.remove(object.body);
      this.write(object);
      return released;
    });
  }

  /** Rewrites an object's row in place: attributes or storage class of the same content. */
  write(object: StoredObject): void {
    const { bucket, body, parts, size, etag, modified, storageClass } = object;
    const attributes = objectAttributesJson(object);
    this.#put.run(bucket, keyBytes(object.key), body, parts, size, etag, modified, storageClass, attributes);
  }

  /** Removes objects in one transaction; keys that don't exist are passed over. Returns the content files to discard. */
  remove(bucket: string, keys: readonly string[], check?: (current: StoredObject | undefined) => void): string[] {
    return transact(this.#database, () => {
      const released: string[] = [];
      for (const key of keys) {
        const current = this.find(bucket, key);
        check?.(current);
        if (!current) continue;
        released.push(...this.#release(current));
        this.#remove.run(bucket, keyBytes(key));
      }
      return released;
    });
  }

  #release(object: StoredObject): string[] {
    const files = object.parts === 0 ? [object.body] : this.#uploads.removeParts(object.body);
    for (const file of files) this.#discard.add(file);
    return files;
  }
}
