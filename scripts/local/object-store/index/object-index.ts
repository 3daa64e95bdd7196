import type { DatabaseSync } from "node:sqlite";
import { BucketTable } from "./bucket-table.ts";
import { openDatabase, transact } from "./database.ts";
import { DiscardTable } from "./discard-table.ts";
import { ObjectTable } from "./object-table.ts";
import { UploadTable } from "./upload-table.ts";

/** Everything the store knows beside the bytes: one SQLite file, one process. Every method is synchronous and durable against a kill. */
export class ObjectIndex {
  readonly buckets: BucketTable;
  readonly objects: ObjectTable;
  readonly uploads: UploadTable;
  readonly discard: DiscardTable;
  readonly #database: DatabaseSync;

  /** @throws Error when `path` is in use by another store or of another version. */
  constructor(path: string) {
    this.#database = openDatabase(path);
    this.discard = new DiscardTable(this.#database);
    this.buckets = new BucketTable(this.#database);
    this.uploads = new UploadTable(this.#database, this.discard);
    this.objects = new ObjectTable(this.#database, this.discard, this.uploads);
  }

  /** Runs `work` in one transaction. */
  transact<T>(work: () => T): T {
    return transact(this.#database, work);
  }

  close(): void {
    this.#database.close();
  }
}
