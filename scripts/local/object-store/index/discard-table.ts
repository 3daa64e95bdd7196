import type { DatabaseSync } from "node:sqlite";
import { textColumn } from "./database.ts";

/**
 * The list of content files that no object or part needs. A file is on it from before its first byte until the row
 * that needs it commits, and again from the commit that replaces it until it is unlinked; so after a crash, at any
 * moment, the list is exactly the litter.
 */
export class DiscardTable {
  readonly #insert;
  readonly #delete;
  readonly #all;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare("INSERT OR IGNORE INTO discard (file) VALUES (?)");
    this.#delete = database.prepare("DELETE FROM discard WHERE file = ?");
    this.#all = database.prepare("SELECT file FROM discard");
  }

  add(file: string): void {
    this.#insert.run(file);
  }

  remove(file: string): void {
    this.#delete.run(file);
  }

  list(): string[] {
    return this.#all.all().map((row) => textColumn(row, "file"));
  }
}
