import "server-only";
import { db } from "../db";
import type { MediaKind } from "../schemas/media";
import { mediaFileSelect } from "./media-file";
import { unheld } from "./storage-usage";
import type { Db, TenantScope } from "./transaction";

/** A file with the row that referred to it last: a lesson, a course (its thumbnail), or neither (the logo). */
export type LastUse = { id: string; courseId: string | null; lessonId: string | null };

/**
 * Releases those of the files that are finished and that no row holds any more, and remembers where they were used. All are locked
 * first, in one order whatever the caller's: whoever is giving one of them to a row is waited for and then seen.
 *
 * @returns ids of the files that are released now
 */
export async function releaseUnheldFiles(
  { organizationId }: TenantScope,
  uses: readonly LastUse[],
  purgeAfter: Date,
  tx: Db,
): Promise<string[]> {
  if (uses.length === 0) return [];
  const held = new Set(await lockFiles({ organizationId }, [...new Set(uses.map(({ id }) => id))], tx));
  const own = uses.filter(({ id }) => held.has(id));
  // The lock has seen to the tenant. With it here as well, PostgreSQL may begin at the tenant's files, which it takes for few when their
  // statistics are old, and compare each with each use.
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "MediaFile" f SET state = 'RELEASED', "releasedAt" = now(), "updatedAt" = now(), "purgeAfter" = ${purgeAfter},
      "lastCourseId" = use."courseId", "lastLessonId" = use."lessonId"
    FROM jsonb_to_recordset(${JSON.stringify(own)}::jsonb) AS use(id text, "courseId" text, "lessonId" text)
    WHERE f.id = use.id AND f.state = 'READY' AND ${unheld}
    RETURNING f.id`;
  return rows.map(({ id }) => id);
}

/** Holds the tenant's files among these until the transaction ends, as `lockMediaFile` does one. @returns their ids */
async function lockFiles({ organizationId }: TenantScope, ids: readonly string[], tx: Db): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "MediaFile" WHERE "organizationId" = ${organizationId} AND id = ANY(${ids}) ORDER BY id FOR UPDATE`;
  return rows.map(({ id }) => id);
}

/**
 * Takes back those of the files whose undo window lasts, and holds all of them until the transaction ends, so that rows may refer to
 * what is ready.
 *
 * @returns `ready`: ids of the files that are there, with those whose object was missing before: it may be found again; `cold`: those
 * among them that are not in the usual class; `gone`: names of the tenant's files that are not there
 */
export async function takeFilesBack(
  { organizationId }: TenantScope,
  ids: readonly string[],
  tx: Db,
): Promise<{ ready: string[]; cold: string[]; gone: string[] }> {
  if (ids.length === 0) return { ready: [], cold: [], gone: [] };
  await lockFiles({ organizationId }, ids, tx);
  await tx.$executeRaw`
    UPDATE "MediaFile" SET state = 'READY', "releasedAt" = NULL, "purgeAfter" = NULL, "updatedAt" = now()
    WHERE "organizationId" = ${organizationId} AND id = ANY(${ids}) AND state = 'RELEASED' AND "purgeAfter" > clock_timestamp()`;
  const rows = await tx.$queryRaw<{ id: string; fileName: string; ready: boolean; cold: boolean }[]>`
    SELECT id, "fileName", state IN ('READY', 'MISSING') AS ready, tier <> 'STANDARD' AS cold FROM "MediaFile"
    WHERE "organizationId" = ${organizationId} AND id = ANY(${ids}) ORDER BY "fileName", id`;
  return {
    ready: rows.filter(({ ready }) => ready).map(({ id }) => id),
    cold: rows.filter(({ ready, cold }) => ready && cold).map(({ id }) => id),
    gone: rows.filter(({ ready }) => !ready).map(({ fileName }) => fileName),
  };
}

/** Released files that one place offers to put back: at most this many. */
const OFFERED = 24;

/** Released files of these kinds that were used last in this lesson, course or neither, and can still be taken back; the latest first. */
export function listRemovedFiles(
  { organizationId }: TenantScope,
  { kinds, ...place }: { kinds: MediaKind[]; lastCourseId?: string; lastLessonId?: string },
  client: Db = db,
) {
  return client.mediaFile.findMany({
    where: { organizationId, ...place, kind: { in: kinds }, state: "RELEASED", parentId: null, purgeAfter: { gt: new Date() } },
    orderBy: [{ releasedAt: "desc" }, { id: "desc" }],
    select: { ...mediaFileSelect, purgeAfter: true },
    relationLoadStrategy: "join",
    take: OFFERED,
  });
}

export type RemovedFileRow = Awaited<ReturnType<typeof listRemovedFiles>>[number];

/** Bytes of these files with the sizes that were made of them. */
export async function sumFileBytes({ organizationId }: TenantScope, ids: readonly string[], tx: Db): Promise<bigint> {
  const rows = await tx.$queryRaw<{ bytes: bigint }[]>`
    SELECT (SELECT coalesce(sum(bytes), 0) FROM "MediaFile" WHERE "organizationId" = ${organizationId} AND id = ANY(${ids}))::bigint
      + (SELECT coalesce(sum(bytes), 0) FROM "MediaFile" WHERE "organizationId" = ${organizationId} AND "parentId" = ANY(${ids}) AND state = 'READY')::bigint
      AS bytes`;
  return rows[0]?.bytes ?? 0n;
}
