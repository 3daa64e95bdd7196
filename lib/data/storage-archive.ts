import "server-only";
import { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import type { MediaTier } from "../policies/media-tier-policy";
import { lockMediaFile, type FileAddress } from "./media-file";
import type { FileSumRow } from "./storage-usage";
import type { Db, TenantScope } from "./transaction";

const tierSelect = {
  id: true,
  organizationId: true,
  fileKey: true,
  state: true,
  bytes: true,
  etag: true,
  checksum: true,
  partSize: true,
  store: true,
  tier: true,
  storageClass: true,
  tierChangedAt: true,
  restoreReadyAt: true,
} satisfies Prisma.MediaFileSelect;

/** A file with how many lessons use its video, and how many of these are of courses that are archived and cold. */
export type TierRow = Prisma.MediaFileGetPayload<{ select: typeof tierSelect }> & { lessons: number; coldLessons: number };

const cold = Prisma.sql`c.status = 'ARCHIVED' AND c."mediaColdSince" IS NOT NULL`;
const usesOf = (fileId: Prisma.Sql) => Prisma.sql`
  SELECT count(*)::int AS "lessons", (count(*) FILTER (WHERE ${cold}))::int AS "coldLessons"
  FROM "Lesson" l JOIN "Course" c ON c.id = l."courseId" WHERE l."videoId" = ${fileId}`;

export async function findTierFile({ organizationId }: TenantScope, id: string, client: Db = db): Promise<TierRow | null> {
  const row = await client.mediaFile.findFirst({ where: { id, organizationId, kind: "VIDEO" }, select: tierSelect });
  if (!row) return null;
  const [uses] = await client.$queryRaw<{ lessons: number; coldLessons: number }[]>(usesOf(Prisma.sql`${id}`));
  return { ...row, lessons: uses?.lessons ?? 0, coldLessons: uses?.coldLessons ?? 0 };
}

/** The same under the file's lock, which also holds back new uses of it until the transaction ends. */
export async function lockTierFile(scope: TenantScope, id: string, tx: Db): Promise<TierRow | null> {
  return (await lockMediaFile(scope, id, tx)) && findTierFile(scope, id, tx);
}

export type TierChange = {
  tier?: MediaTier;
  store?: string;
  etag?: string;
  checksum?: string;
  storageClass?: string | null;
  tierChangedAt?: Date | null;
  restoreReadyAt?: Date | null;
  stateReason?: string | null;
};

export async function updateTier({ organizationId }: TenantScope, id: string, change: TierChange, client: Db = db): Promise<void> {
  await client.mediaFile.updateMany({ where: { id, organizationId }, data: change });
}

/** Why a file could not be moved: a code. What was purged meanwhile keeps its own. */
export async function noteTierFailure({ organizationId }: TenantScope, id: string, stateReason: string): Promise<void> {
  await db.mediaFile.updateMany({ where: { id, organizationId, state: { in: ["READY", "RELEASED"] } }, data: { stateReason } });
}

/** Says since when a course's videos are wanted in cold storage, or that they are not. False unless it is archived, which only then may be cold. */
export async function setMediaColdSince({ organizationId }: TenantScope, id: string, since: Date | null, tx: Db): Promise<boolean> {
  const status = since ? { status: "ARCHIVED" as const } : {};
  const { count } = await tx.course.updateMany({ where: { id, organizationId, ...status }, data: { mediaColdSince: since } });
  return count === 1;
}

/** The state and the wish of a course, or null. */
export function findCourseTier({ organizationId }: TenantScope, id: string, client: Db = db) {
  return client.course.findFirst({ where: { id, organizationId }, select: { status: true, mediaColdSince: true } });
}

export type CourseVideoRow = {
  id: string;
  fileName: string;
  bytes: bigint;
  tier: MediaTier;
  storageClass: string | null;
  tierChangedAt: Date | null;
  restoreReadyAt: Date | null;
  stateReason: string | null;
  /** The first lesson of the course that shows it */
  lesson: string;
  /** Another course that uses it and is not in cold storage */
  heldBy: string | null;
};

/** The finished videos of a course, the largest first. */
export function listCourseVideos({ organizationId }: TenantScope, courseId: string, client: Db = db): Promise<CourseVideoRow[]> {
  return client.$queryRaw<CourseVideoRow[]>`
    SELECT f.id, f."fileName", f.bytes, f.tier::text AS tier, f."storageClass", f."tierChangedAt", f."restoreReadyAt", f."stateReason",
      v.lesson, (SELECT c.title FROM "Lesson" l JOIN "Course" c ON c.id = l."courseId"
        WHERE l."videoId" = f.id AND l."courseId" <> ${courseId} AND NOT (${cold}) ORDER BY c.title LIMIT 1) AS "heldBy"
    FROM (SELECT l."videoId", min(l.title) AS lesson FROM "Lesson" l
      WHERE l."courseId" = ${courseId} AND l."organizationId" = ${organizationId} GROUP BY l."videoId") v
    JOIN "MediaFile" f ON f.id = v."videoId" AND f.state = 'READY'
    ORDER BY f.bytes DESC, f.id`;
}

/** Files and bytes of an organization that are in cold storage, or on their way there or back. */
export async function sumColdFiles({ organizationId }: TenantScope, client: Db = db): Promise<FileSumRow> {
  const rows = await client.$queryRaw<FileSumRow[]>`
    SELECT count(*)::int AS files, coalesce(sum(bytes), 0)::bigint AS bytes FROM "MediaFile"
    WHERE "organizationId" = ${organizationId} AND tier <> 'STANDARD' AND state IN ('READY', 'RELEASED')`;
  return rows[0] ?? { files: 0, bytes: 0n };
}

/**
 * Videos of any tenant whose tier is not what it should be, those that nothing happened to for longest first: on their way, wanted back,
 * or purged with something left behind; and, `withCold`, those that are wanted in cold storage.
 */
export function listUnsettledTiers({ withCold, take }: { withCold: boolean; take: number }): Promise<FileAddress[]> {
  return db.$queryRaw<FileAddress[]>`
    SELECT id, "organizationId" FROM (
      SELECT f.id, f."organizationId", f."updatedAt" FROM "MediaFile" f CROSS JOIN LATERAL (${usesOf(Prisma.sql`f.id`)}) u
      WHERE f.tier <> 'STANDARD' AND (f.state = 'PURGED'
        OR (f.state IN ('READY', 'RELEASED') AND (f."tierChangedAt" IS NULL OR u."lessons" > u."coldLessons")))
      UNION
      SELECT f.id, f."organizationId", f."updatedAt" FROM "Course" c JOIN "Lesson" h ON h."courseId" = c.id
      JOIN "MediaFile" f ON f.id = h."videoId" CROSS JOIN LATERAL (${usesOf(Prisma.sql`f.id`)}) u
      WHERE ${withCold} AND ${cold} AND f.state = 'READY' AND f.tier = 'STANDARD' AND u."lessons" = u."coldLessons"
    ) file ORDER BY "updatedAt" LIMIT ${take}`;
}
