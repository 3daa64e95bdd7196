import "server-only";
import { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import { doomed, dueAgain, FROZEN } from "./replica-object";
import type { Db } from "./transaction";

// Each function compares one page by one statement, so that a million rows are never in memory, or in one transaction.

/** `next`: where the following page begins; null behind the last one. */
type Page<Figure extends string> = { next: string | null } & Record<Figure, number>;

/**
 * Compares the ledger behind an id with what the replica is noted to have: notes what it lacks, and what has another original by
 * now. Frozen files are left alone: their bytes are what they were, and can't be read.
 */
export async function compareLedgerPage(after: string, take: number, client: Db = db): Promise<Page<"due">> {
  const [page] = await client.$queryRaw<{ rows: number; last: string | null; due: number }[]>`
    WITH page AS MATERIALIZED (
      SELECT id, "fileKey", bytes, etag, state, tier, tier = 'STANDARD' OR NOT coalesce("storageClass" = ANY(${[...FROZEN]}), false) AS readable
      FROM "MediaFile" WHERE id > ${after} ORDER BY id LIMIT ${take}),
    lacking AS (
      INSERT INTO "ReplicaObject" ("fileKey", "mediaFileId", state, bytes)
      SELECT "fileKey", id, 'PENDING'::"ReplicaState", bytes FROM page
      WHERE state IN ('READY', 'RELEASED') AND readable AND NOT EXISTS (SELECT 1 FROM "ReplicaObject" r WHERE r."fileKey" = page."fileKey")
      ON CONFLICT DO NOTHING RETURNING 1),
    changed AS (
      UPDATE "ReplicaObject" r SET "mediaFileId" = page.id, bytes = page.bytes, ${dueAgain} FROM page
      WHERE r."fileKey" = page."fileKey" AND r.state IN ('COPIED', 'DOOMED') AND page.state IN ('READY', 'RELEASED')
        AND (r.state = 'DOOMED' OR (page.tier = 'STANDARD' AND r.etag IS DISTINCT FROM page.etag)) RETURNING 1)
    SELECT (SELECT count(*) FROM page)::int AS rows, (SELECT id FROM page ORDER BY id DESC LIMIT 1) AS last,
      ((SELECT count(*) FROM lacking) + (SELECT count(*) FROM changed))::int AS due`;
  if (!page) throw new Error("a comparison gave no figures");
  return { next: page.rows < take ? null : page.last, due: page.due };
}

/** Notes that those behind a key are to go whose key no file has any more: it was purged, its row is gone, or was given another key. */
export async function compareReplicaPage(after: string, take: number, client: Db = db): Promise<Page<"doomed">> {
  const [page] = await client.$queryRaw<{ rows: number; last: string | null; doomed: number }[]>`
    WITH page AS MATERIALIZED (SELECT "fileKey" FROM "ReplicaObject" WHERE "fileKey" > ${after} ORDER BY "fileKey" LIMIT ${take}),
    gone AS (
      UPDATE "ReplicaObject" r SET ${doomed} FROM page WHERE r."fileKey" = page."fileKey" AND r.state <> 'DOOMED'
        AND NOT EXISTS (SELECT 1 FROM "MediaFile" f WHERE f."fileKey" = page."fileKey" AND f.state <> 'PURGED') RETURNING 1)
    SELECT (SELECT count(*) FROM page)::int AS rows, (SELECT "fileKey" FROM page ORDER BY "fileKey" DESC LIMIT 1) AS last,
      (SELECT count(*) FROM gone)::int AS doomed`;
  if (!page) throw new Error("a comparison gave no figures");
  return { next: page.rows < take ? null : page.last, doomed: page.doomed };
}

/**
 * Has copied anew what should lie in the replica between two keys and was not listed there.
 *
 * @param listed the keys that were, `after` excluded
 * @param to null: to the end
 * @param since only what was copied before the listing began can be missing from it
 * @returns how many are missing
 */
export function putLostReplicasDue(
  range: { after: string; to: string | null; listed: readonly string[]; since: Date },
  client: Db = db,
): Promise<number> {
  const end = range.to === null ? Prisma.empty : Prisma.sql`AND "fileKey" <= ${range.to}`;
  return client.$executeRaw`
    UPDATE "ReplicaObject" r SET ${dueAgain}
    WHERE state = 'COPIED' AND "fileKey" > ${range.after} ${end} AND "copiedAt" < ${range.since}
      AND NOT EXISTS (SELECT 1 FROM unnest(${[...range.listed]}::text[]) AS listed (key) WHERE listed.key COLLATE "C" = r."fileKey")`;
}

/** Of the keys that lie in the replica, those that neither a file nor a note explains. */
export async function findStrangeKeys(keys: readonly string[], client: Db = db): Promise<string[]> {
  const rows = await client.$queryRaw<{ key: string }[]>`
    SELECT key FROM unnest(${[...keys]}::text[]) AS listed (key)
    WHERE NOT EXISTS (SELECT 1 FROM "ReplicaObject" r WHERE r."fileKey" = listed.key COLLATE "C")
      AND NOT EXISTS (SELECT 1 FROM "MediaFile" f WHERE f."fileKey" = listed.key COLLATE "C" AND f.state <> 'PURGED')`;
  return rows.map(({ key }) => key);
}

/** Notes objects of the replica that are to go and that no file has: without a file's id. */
export async function doomStrangeObjects(objects: readonly { key: string; bytes: number }[], client: Db = db): Promise<void> {
  const data = objects.map(({ key, bytes }) => ({ fileKey: key, mediaFileId: "", state: "DOOMED" as const, bytes }));
  await client.replicaObject.createMany({ data, skipDuplicates: true });
}
