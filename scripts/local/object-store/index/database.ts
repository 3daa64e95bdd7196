import { DatabaseSync } from "node:sqlite";
import type { SQLOutputValue } from "node:sqlite";

/** One row as SQLite hands it over. */
export type Row = Record<string, SQLOutputValue>;

const SCHEMA_VERSION = 1;

// Keys are BLOBs of UTF-8, so SQLite's own order (memcmp) is S3's: binary, not by UTF-16 or by locale.
const SCHEMA = `
CREATE TABLE bucket (
  name TEXT PRIMARY KEY, created INTEGER NOT NULL, cors TEXT, lifecycle TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE object (
  bucket TEXT NOT NULL, key BLOB NOT NULL,
  body TEXT NOT NULL,              -- the content file, or with parts > 0 the upload whose part rows are the content
  parts INTEGER NOT NULL,
  size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL,
  storage_class TEXT NOT NULL,
  attributes TEXT NOT NULL,        -- JSON: headers, metadata, checksums, tags
  PRIMARY KEY (bucket, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE upload (
  bucket TEXT NOT NULL, key BLOB NOT NULL, id TEXT NOT NULL UNIQUE,
  initiated INTEGER NOT NULL, storage_class TEXT NOT NULL, attributes TEXT NOT NULL,
  PRIMARY KEY (bucket, key, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE part (
  upload TEXT NOT NULL, number INTEGER NOT NULL,
  file TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL, checksums TEXT NOT NULL,
  PRIMARY KEY (upload, number)
) STRICT, WITHOUT ROWID;
-- Content files that no row needs: being written, or replaced and not yet unlinked. Emptied at every start.
CREATE TABLE discard (file TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
PRAGMA user_version = ${SCHEMA_VERSION};
`;

function isLocked(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (error.errcode === 5 || error.errcode === 261);
}

/**
 * Opens the index file, creating it when it is new, and holds it alone until it is closed.
 * A killed process loses no committed row: the write-ahead log is replayed here.
 * @throws Error in one sentence when another process holds it or when it was written by another version.
 */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN EXCLUSIVE;");
    const version = database.prepare("PRAGMA user_version").get()?.["user_version"];
    if (version === 0) database.exec(SCHEMA);
    else if (version !== SCHEMA_VERSION) {
      throw new Error(`${path} was written by another version of the object store (${String(version)}); remove its directory.`);
    }
    database.exec("COMMIT");
    return database;
  } catch (error) {
    database.close();
    if (isLocked(error)) {
      throw new Error(`${path} is in use by another object store; stop it or choose another directory.`, { cause: error });
    }
    throw error;
  }
}

/** Runs `work` in one transaction, or as part of the one that is open: all of its changes or, when it throws, none. It must not await. */
export function transact<T>(database: DatabaseSync, work: () => T): T {
  if (database.isTransaction) return work();
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

/** A TEXT column. */
export function textColumn(row: Row, name: string): string {
  const value = row[name];
  if (typeof value !== "string") throw new TypeError(`Column ${name} is not text.`);
  return value;
}

/** An INTEGER column. */
export function integerColumn(row: Row, name: string): number {
  const value = row[name];
  if (typeof value !== "number") throw new TypeError(`Column ${name} is not an integer.`);
  return value;
}

/** A BLOB column that holds a key. */
export function keyColumn(row: Row, name: string): string {
  const value = row[name];
  if (!(value instanceof Uint8Array)) throw new TypeError(`Column ${name} is not a blob.`);
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("utf8");
}

/** A key as it is stored and ordered. */
export function keyBytes(key: string): Buffer {
  return Buffer.from(key, "utf8");
}
