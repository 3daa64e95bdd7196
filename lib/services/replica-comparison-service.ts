import "server-only";
import { BATCH, listObjects, storeNow } from "../clients/bucket";
import { replicaPlace, type StorePlace } from "../clients/store-place";
import { DAY, MINUTE } from "../core/clock";
import { logger } from "../core/logger";
import { compareLedgerPage, compareReplicaPage, doomStrangeObjects, findStrangeKeys, putLostReplicasDue } from "../data/replica-comparison";
import { inTransaction } from "../data/transaction";
import { env } from "../env";
import { enqueue } from "../jobs/enqueue";
import type { SystemActor } from "../policies/actor";
import { comparisonSchema, type Comparison } from "../schemas/storage-replica";
import { isOver } from "./storage-finding-service";

/** What one job works before it hands over to the next one; milliseconds. */
const SLICE_OF_WORK = 40_000;
/** The clocks of this machine and the database differ by less; milliseconds. */
const CLOCKS_APART = 5 * MINUTE;
/** Keys of files begin with it: what else lies in the replica is not ours. */
const OURS = "organizations/";

type Counts = { due: number; doomed: number; lost: number; listed: number; strange: number; kept: number };

/** The page of the replica's listing behind a key, with what of it nothing explains and is old enough not to be just arriving. */
async function listPage(after: string, replica: StorePlace) {
  const { objects, more } = await listObjects(after || null, replica);
  const cutoff = new Date(storeNow(replica).getTime() - env.STORAGE_ORPHAN_DAYS * DAY);
  const old = objects.filter(({ key, modifiedAt }) => key.startsWith(OURS) && modifiedAt < cutoff);
  const strangeKeys = new Set(await findStrangeKeys(old.map(({ key }) => key)));
  return { objects, next: more ? (objects.at(-1)?.key ?? null) : null, strange: old.filter(({ key }) => strangeKeys.has(key)) };
}

async function listingStep(state: Comparison, replica: StorePlace, counts: Counts): Promise<Comparison | null> {
  const since = new Date(Date.now() - CLOCKS_APART);
  const { objects, next, strange } = await listPage(state.after, replica);
  const keys = objects.map(({ key }) => key);
  counts.lost += await putLostReplicasDue({ after: state.after, to: next, listed: keys, since });
  counts.listed += objects.length;
  counts.strange += strange.length;
  const seen = { listed: state.listed + objects.length, strange: state.strange + strange.length };
  if (next !== null) return { ...state, ...seen, after: next };
  if (seen.strange === 0) return null;
  if (!isOver(seen.strange, seen.listed, env.STORAGE_SWEEP_MAX_PERCENT)) return { step: "strange", after: "", ...seen };
  // A wrong database, or a bucket that another installation uses, looks like this.
  counts.kept += seen.strange;
  logger.error({ ...seen }, "replica: more than the limit would be deleted, so nothing is");
  return null;
}

/** Does one page of work. @returns what is left; null when nothing is */
async function step(state: Comparison, replica: StorePlace, counts: Counts): Promise<Comparison | null> {
  if (state.step === "ledger") {
    const { next, due } = await compareLedgerPage(state.after, BATCH);
    counts.due += due;
    return next === null ? { ...state, step: "notes", after: "" } : { ...state, after: next };
  }
  if (state.step === "notes") {
    const { next, doomed } = await compareReplicaPage(state.after, BATCH);
    counts.doomed += doomed;
    return next === null ? { ...state, step: "listing", after: "" } : { ...state, after: next };
  }
  if (state.step === "listing") return listingStep(state, replica, counts);
  const { next, strange } = await listPage(state.after, replica);
  await doomStrangeObjects(strange);
  counts.doomed += strange.length;
  return next === null ? null : { ...state, after: next };
}

/**
 * Compares the ledger with what is noted of the replica, and that with what lies there: notes what is to be copied (all of an existing
 * bucket, the first time; what has changed; what is lost) and what is to be deleted. It moves no byte itself: the drain does. Doing it
 * twice changes nothing; page by page of a thousand, so that no million is in memory.
 *
 * @returns what is left when the time is over, null at the end; counts of what was noted
 * @throws AppError UNAVAILABLE when the replica can't be listed
 */
export async function compareReplica(from: Comparison, until: Date): Promise<{ rest: Comparison | null; counts: Counts }> {
  const counts: Counts = { due: 0, doomed: 0, lost: 0, listed: 0, strange: 0, kept: 0 };
  let rest: Comparison | null = replicaPlace ? from : null;
  while (rest && replicaPlace && Date.now() < until.getTime()) rest = await step(rest, replicaPlace, counts);
  return { rest, counts };
}

/** Leaves the rest of a comparison to a job; at its end, the copying. */
async function handOver(rest: Comparison | null): Promise<void> {
  await inTransaction((tx) => (rest ? enqueue(tx, "compare-replica", rest) : enqueue(tx, "replicate-storage", {})));
}

/** The nightly comparison. @param until when to leave the rest to jobs */
export async function compareReplicaNightly(_actor: SystemActor, until: Date): Promise<Record<string, number>> {
  if (!replicaPlace) return {};
  const { rest, counts } = await compareReplica(comparisonSchema.parse({}), until);
  await handOver(rest);
  return counts;
}

/** Goes on with a comparison as a job. A try that was killed begins its slice again, which changes nothing. */
export async function continueComparison(_actor: SystemActor, from: Comparison): Promise<void> {
  const { rest } = await compareReplica(from, new Date(Date.now() + SLICE_OF_WORK));
  await handOver(rest);
}
