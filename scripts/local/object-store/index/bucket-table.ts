import type { DatabaseSync } from "node:sqlite";
import { integerColumn, textColumn } from "./database.ts";

export interface StoredBucket {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
}

/** The bucket configurations that are kept as JSON. */
export type BucketConfiguration = "cors" | "lifecycle";

/** Buckets and their configurations. */
export class BucketTable {
  readonly #database: DatabaseSync;
  readonly #find;
  readonly #list;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#find = database.prepare("SELECT name, created, cors, lifecycle FROM bucket WHERE name = ?");
    this.#list = database.prepare("SELECT name, created FROM bucket ORDER BY name");
  }

  has(name: string): boolean {
    return this.#find.get(name) !== undefined;
  }

  list(): StoredBucket[] {
    return this.#list.all().map((row) => ({ name: textColumn(row, "name"), created: integerColumn(row, "created") }));
  }

  /** Creates the bucket unless it exists; tells whether it did. */
  create(name: string, created: number): boolean {
    const statement = this.#database.prepare("INSERT OR IGNORE INTO bucket (name, created) VALUES (?, ?)");
    return statement.run(name, created).changes === 1;
  }

  /** Removes the bucket; the caller has made sure that it is empty. */
  remove(name: string): void {
    this.#database.prepare("DELETE FROM bucket WHERE name = ?").run(name);
  }

  /** The JSON text of a configuration, or undefined when none is set. */
  configuration(name: string, kind: BucketConfiguration): string | undefined {
    const value = this.#find.get(name)?.[kind];
    return typeof value === "string" ? value : undefined;
  }

  /** Sets or, with null, removes a configuration. */
  configure(name: string, kind: BucketConfiguration, json: string | null): void {
    this.#database.prepare(`UPDATE bucket SET ${kind} = ? WHERE name = ?`).run(json, name);
  }
}
