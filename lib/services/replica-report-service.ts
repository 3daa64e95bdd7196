import "server-only";
import { mainHealth } from "../clients/store-health";
import { mainPlace, replicaPlace } from "../clients/store-place";
import { notFoundError } from "../core/app-error";
import { fromNow, HOUR } from "../core/clock";
import { listCronRuns } from "../data/cron-run";
import { isReplicaBehind, listReplicaProblems, retryFailedReplicas, sumReplicas, type ReplicaSum } from "../data/replica-object";
import { inTransaction } from "../data/transaction";
import { enqueue } from "../jobs/enqueue";
import type { PlatformActor } from "../policies/actor";
import { comparisonSchema, type ReplicaView, type RetryReplicaInput } from "../schemas/storage-replica";
import { recordAudit } from "./audit-service";

/** Problems that the page lists. */
const LISTED = 100;
/** What waits longer deserves a warning. */
const LATE = HOUR;

function tallyOf(sums: readonly ReplicaSum[], state: ReplicaSum["state"]) {
  const sum = sums.find((one) => one.state === state);
  return { objects: sum?.objects ?? 0, bytes: Number(sum?.bytes ?? 0n) };
}

async function findLastDrain(): Promise<ReplicaView["lastDrain"]> {
  const run = (await listCronRuns(1)).find(({ name }) => name === "replicate-storage");
  if (!run) return null;
  const entries = Object.entries(run.counts ?? {}).filter((entry): entry is [string, number] => typeof entry[1] === "number");
  return { startedAt: run.startedAt, finishedAt: run.finishedAt, error: run.error, counts: Object.fromEntries(entries) };
}

/** How far the replica is behind and why, and whether the main store answers this instance. Null where there is no replica. */
export async function findReplica(_actor: PlatformActor): Promise<ReplicaView | null> {
  if (!replicaPlace || !mainHealth) return null;
  const [sums, problems, lastDrain, late, up] = await Promise.all([
    sumReplicas(),
    listReplicaProblems(LISTED),
    findLastDrain(),
    isReplicaBehind(fromNow(-LATE)),
    // Whoever looks at this page wants to know how it is now.
    mainHealth.isUp({ doubt: true }),
  ]);
  const since = sums.find(({ state }) => state === "PENDING")?.since;
  return {
    main: { name: mainPlace.name, bucket: mainPlace.bucket, up, checkedAt: mainHealth.checkedAt },
    replica: { name: replicaPlace.name, bucket: replicaPlace.bucket, showsPictures: replicaPlace.publicUrl !== null },
    copied: tallyOf(sums, "COPIED"),
    waiting: tallyOf(sums, "PENDING"),
    deleting: tallyOf(sums, "DOOMED"),
    failed: tallyOf(sums, "FAILED"),
    lagSeconds: since ? Math.max(0, Date.now() - since.getTime()) / 1000 : null,
    late,
    problems: problems.map(({ lastError, bytes, ...problem }) => ({ ...problem, bytes: Number(bytes), error: lastError ?? "" })),
    lastCopyAt: sums.find(({ state }) => state === "COPIED")?.copiedAt ?? null,
    lastDrain,
  };
}

/** Is there a replica that is more than an hour behind, or has given something up? */
export async function isReplicaLate(_actor: PlatformActor): Promise<boolean> {
  return replicaPlace !== null && isReplicaBehind(fromNow(-LATE));
}

/** @throws AppError NOT_FOUND without a replica */
function assertReplica(): void {
  if (!replicaPlace) throw notFoundError("The replica", "REPLICA_STORE_URL is not set");
}

/**
 * Has what was given up tried again, at once: one object, or all of them.
 *
 * @returns how many
 * @throws AppError NOT_FOUND without a replica
 */
export function retryReplicas(actor: PlatformActor, { fileKey }: RetryReplicaInput): Promise<{ objects: number }> {
  assertReplica();
  return inTransaction(async (tx) => {
    const objects = await retryFailedReplicas(fileKey ?? null, tx);
    await enqueue(tx, "replicate-storage", {});
    await recordAudit(tx, actor, { action: "storage.replica-retried", after: { objects, fileKey } });
    return { objects };
  });
}

/** Begins a comparison now, and the copying of what it finds, without waiting for the night. @throws AppError NOT_FOUND without a replica */
export async function startComparison(actor: PlatformActor): Promise<void> {
  assertReplica();
  await inTransaction(async (tx) => {
    await enqueue(tx, "compare-replica", comparisonSchema.parse({}));
    await recordAudit(tx, actor, { action: "storage.replica-compared" });
  });
}
