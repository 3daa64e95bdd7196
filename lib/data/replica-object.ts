import "server-only";
import { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import type { Db, TenantScope } from "./transaction";

/** Classes whose objects can't be read before they are restored. */
export const FROZEN: readonly string[] = ["GLACIER", "DEEP_ARCHIVE"];

/**
 * How long one try may be silent, in seconds. Meanwhile nobody else takes the object; a try that was killed is found again after it. The
 * longest single step, a part that is read and sent, takes four minutes.
 */
const LEASE = 600;
const leaseEnd = Prisma.sql`now() + make_interval(secs => ${LEASE})`;

/**
 * When an object is due whose row changes: at once, but for one that is under way now. Its holder has another moment in its hand by this
 * and can't settle the row any more.
 */
const afterLease = Prisma.sql`least(r."nextTryAt", ${leaseEnd}) + interval '1 millisecond'`;

/** What a row is set to when its object is to be copied, whatever it was before. */
export const dueAgain = Prisma.sql`state = 'PENDING', attempts = 0, "lastError" = NULL, "dueSince" = now(), "nextTryAt" = ${afterLease}`;
/** What a row is set to when its copy is to be deleted. */
export const doomed = Prisma.sql`state = 'DOOMED', attempts = 0, "lastError" = NULL, "dueSince" = now(), "nextTryAt" = ${afterLease}`;

/** A file, the sizes that were made of one, or files with all that was made of them. */
export type FinishedObjects = { id: string } | { parentId: string } | { ids: readonly string[] };

function chosenBy(which: FinishedObjects): Prisma.Sql {
  if ("id" in which) return Prisma.sql`id = ${which.id}`;
  if ("parentId" in which) return Prisma.sql`"parentId" = ${which.parentId}`;
  return Prisma.sql`(id = ANY(${[...which.ids]}) OR "parentId" = ANY(${[...which.ids]}))`;
}

/**
 * Notes that finished objects wait to be copied. Part of the transaction that finishes them; one
 * that was copied before, or whose copy was to go, is to be copied anew.
 */
export async function putReplicasDue({ organizationId }: TenantScope, which: FinishedObjects, tx: Db): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "ReplicaObject" AS r ("fileKey", "mediaFileId", state, bytes)
    SELECT "fileKey", id, 'PENDING'::"ReplicaState", bytes FROM "MediaFile" WHERE ${chosenBy(which)} AND "organizationId" = ${organizationId} AND state = 'READY'
    ON CONFLICT ("fileKey") DO UPDATE SET "mediaFileId" = excluded."mediaFileId", bytes = excluded.bytes, ${dueAgain}`;
}

/** Notes that the copies of these files are to go. Part of the transaction that purges them. */
export async function doomReplicas(mediaFileIds: readonly string[], tx: Db): Promise<void> {
  await tx.$executeRaw`UPDATE "ReplicaObject" r SET ${doomed} WHERE "mediaFileId" = ANY(${[...mediaFileIds]}) AND state <> 'DOOMED'`;
}

/** `lease` is the proof that its holder may still settle the row. */
export type ReplicaClaim = { fileKey: string; state: "PENDING" | "DOOMED"; attempts: number; lease: Date };

/** Takes the object of this state that became due last, for one try. Null when none is due, or others have them. */
export async function claimReplica(state: ReplicaClaim["state"], client: Db = db): Promise<ReplicaClaim | null> {
  const [claim] = await client.$queryRaw<ReplicaClaim[]>`
    UPDATE "ReplicaObject" r SET attempts = attempts + 1, "nextTryAt" = ${leaseEnd}
    WHERE "fileKey" = (
      SELECT "fileKey" FROM "ReplicaObject" WHERE state = ${state}::"ReplicaState" AND "nextTryAt" <= now()
      ORDER BY "nextTryAt" DESC LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING "fileKey", state::text AS state, attempts, "nextTryAt" AS lease`;
  return claim ?? null;
}

const held = ({ fileKey, state, lease }: ReplicaClaim) =>
  Prisma.sql`"fileKey" = ${fileKey} AND state = ${state}::"ReplicaState" AND "nextTryAt" = ${lease}`;

/** Prolongs a claim. Null when it is lost: the row has changed, or the lease ran out and another has it. */
export async function keepReplicaClaim(claim: ReplicaClaim, client: Db = db): Promise<ReplicaClaim | null> {
  const [kept] = await client.$queryRaw<{ lease: Date }[]>`
    UPDATE "ReplicaObject" SET "nextTryAt" = ${leaseEnd} WHERE ${held(claim)} RETURNING "nextTryAt" AS lease`;
  return kept ? { ...claim, lease: kept.lease } : null;
}

/** @param etag the original's, as the ledger has it. @returns whether the claim still held */
export async function markCopied(claim: ReplicaClaim, etag: string | null, client: Db = db): Promise<boolean> {
  const count = await client.$executeRaw`
    UPDATE "ReplicaObject" SET state = 'COPIED', etag = ${etag}, attempts = 0, "lastError" = NULL, "copiedAt" = now(), "nextTryAt" = now()
    WHERE ${held(claim)}`;
  return count === 1;
}

/** Forgets an object of which the replica has nothing, and is to have nothing. */
export async function dropReplica(claim: ReplicaClaim, client: Db = db): Promise<void> {
  await client.$executeRaw`DELETE FROM "ReplicaObject" WHERE ${held(claim)}`;
}

/** Ends a try that came to nothing. @param next `afterSeconds` is the pause before the next one */
export async function putReplicaOff(
  claim: ReplicaClaim,
  next: { error: string; state: "PENDING" | "DOOMED" | "FAILED"; afterSeconds: number },
  client: Db = db,
): Promise<void> {
  await client.$executeRaw`
    UPDATE "ReplicaObject" SET state = ${next.state}::"ReplicaState", "lastError" = ${next.error},
      "nextTryAt" = now() + make_interval(secs => ${next.afterSeconds}) WHERE ${held(claim)}`;
}

/** Hands an object back whose copying was interrupted, not failed: it is due at once, and the try does not count. */
export async function giveReplicaBack(claim: ReplicaClaim, client: Db = db): Promise<void> {
  await client.$executeRaw`UPDATE "ReplicaObject" SET attempts = attempts - 1, "nextTryAt" = now() WHERE ${held(claim)}`;
}

/** The ledger's row of a key, of whatever tenant and state. */
export function findReplicaSource(fileKey: string, client: Db = db) {
  return client.mediaFile.findUnique({
    where: { fileKey },
    select: {
      fileKey: true,
      state: true,
      bytes: true,
      etag: true,
      checksum: true,
      partSize: true,
      store: true,
      tier: true,
      storageClass: true,
    },
  });
}

export type ReplicaSource = NonNullable<Awaited<ReturnType<typeof findReplicaSource>>>;

/** Of these keys, those whose copy lies in the replica. */
export async function findCopiedKeys(fileKeys: readonly string[], client: Db = db): Promise<Set<string>> {
  const rows = await client.replicaObject.findMany({
    where: { fileKey: { in: [...fileKeys] }, state: "COPIED" },
    select: { fileKey: true },
  });
  return new Set(rows.map(({ fileKey }) => fileKey));
}

/** Has those that were given up tried again, or one of them. @returns how many */
export async function retryFailedReplicas(fileKey: string | null, client: Db = db): Promise<number> {
  const which = fileKey === null ? Prisma.empty : Prisma.sql`AND "fileKey" = ${fileKey}`;
  return client.$executeRaw`UPDATE "ReplicaObject" r SET ${dueAgain} WHERE state = 'FAILED' ${which}`;
}

/** Is any object of this state due now? */
export async function isReplicaDue(client: Db = db): Promise<boolean> {
  const row = await client.replicaObject.findFirst({
    where: { state: { in: ["PENDING", "DOOMED"] }, nextTryAt: { lte: new Date() } },
    select: { fileKey: true },
  });
  return row !== null;
}

export type ReplicaSum = {
  state: "PENDING" | "COPIED" | "FAILED" | "DOOMED";
  objects: number;
  bytes: bigint;
  since: Date;
  copiedAt: Date | null;
};

/** How many objects are in which state, their bytes, since when the oldest of them waits, and when the last one was copied. */
export async function sumReplicas(client: Db = db): Promise<ReplicaSum[]> {
  const groups = await client.replicaObject.groupBy({
    by: ["state"],
    _count: { _all: true },
    _sum: { bytes: true },
    _min: { dueSince: true },
    _max: { copiedAt: true },
  });
  return groups.map(({ state, _count, _sum, _min, _max }) => ({
    state,
    objects: _count._all,
    bytes: _sum.bytes ?? 0n,
    since: _min.dueSince ?? new Date(),
    copiedAt: _max.copiedAt,
  }));
}

/** Objects whose last try failed, those that were tried most often first. */
export function listReplicaProblems(take: number, client: Db = db) {
  return client.replicaObject.findMany({
    where: { OR: [{ state: "FAILED" }, { state: { in: ["PENDING", "DOOMED"] }, lastError: { not: null } }] },
    select: { fileKey: true, state: true, bytes: true, attempts: true, lastError: true, dueSince: true, nextTryAt: true },
    orderBy: [{ attempts: "desc" }, { dueSince: "asc" }],
    take,
  });
}

/** Is something given up, or waiting since before a moment? For a warning: it stops at the first one. */
export async function isReplicaBehind(before: Date, client: Db = db): Promise<boolean> {
  const row = await client.replicaObject.findFirst({
    where: { OR: [{ state: "FAILED" }, { state: { in: ["PENDING", "DOOMED"] }, dueSince: { lt: before } }] },
    select: { fileKey: true },
  });
  return row !== null;
}
