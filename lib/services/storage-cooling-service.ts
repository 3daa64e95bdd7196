import "server-only";
import { coldTarget } from "../clients/cold-storage";
import { CopyMismatch } from "../clients/place-copy";
import { fromNow, MINUTE } from "../core/clock";
import { findTierFile, listUnsettledTiers, noteTierFailure } from "../data/storage-archive";
import { inTransaction } from "../data/transaction";
import { enqueueMany } from "../jobs/enqueue";
import type { SystemActor } from "../policies/actor";
import { changeClass, foundCold } from "./storage-class-service";
import { beginMove, bringIn, clearPurged, copyOut, leaveArchive, leaveMain } from "./storage-shift-service";
import { Paused, stepOf, TierFailure, type TierAddress, type TierWork } from "./storage-tier-service";

/** A job copies for so long, then leaves the rest to another: a worker without a long life must come to its end. */
const WORKING_TIME = 2 * MINUTE;
/** Far more than any way has: one that does not end is a fault. */
const MOST_STEPS = 20;
/** Files that one run enqueues again at most; the rest waits for the next run. */
const BATCH = 5_000;

/** @returns whether there is more to do, or when to look again */
async function takeStep(work: TierWork): Promise<boolean | Date> {
  const { organizationId, mediaFileId } = work.address;
  const file = await findTierFile({ organizationId }, mediaFileId);
  if (!file) return false;
  switch (stepOf(file, work)) {
    case "none":
      return false;
    case "look":
      return foundCold(work, file);
    case "class":
      return (await changeClass(work, file)) ?? true;
    case "begin":
      await beginMove(work, file);
      return true;
    case "copy-out":
      await copyOut(work, file);
      return true;
    case "bring-in":
      await bringIn(work, file);
      return true;
    case "leave-main":
      await leaveMain(work, file);
      return true;
    case "leave-archive":
      await leaveArchive(work, file);
      return true;
    case "clear":
      await clearPurged(work, file);
      return true;
  }
}

const comeBack = (address: TierAddress, at: Date) => inTransaction((tx) => enqueueMany(tx, "storage-tier", [address], at));

function reasonOf(error: unknown): string {
  if (error instanceof TierFailure) return error.code;
  return error instanceof CopyMismatch ? "TIER_COPY_DIFFERS" : "TIER_UNREACHABLE";
}

/** Of a file that another job has brought to rest meanwhile there is nothing to say. */
async function noteFailure(work: TierWork, reason: string): Promise<void> {
  const { organizationId, mediaFileId } = work.address;
  const file = await findTierFile({ organizationId }, mediaFileId);
  if (file && stepOf(file, work) !== "none") await noteTierFailure({ organizationId }, mediaFileId, reason);
}

/**
 * Brings one video to where its courses want it: cold, when all of them are archived and say so, else at hand. Copies are made outside
 * of transactions and proved before anything is deleted; the row changes under its lock, after a look at what is wanted by then. Any
 * number of jobs may do this for one file, be killed anywhere and be run again.
 *
 * @throws what kept it from getting there, so that the job is tried again; the row has its code
 */
export async function settleTier(
  actor: SystemActor,
  address: TierAddress,
  { target = coldTarget, workingTime = WORKING_TIME } = {},
): Promise<void> {
  const work: TierWork = { actor, address, target, deadline: fromNow(workingTime) };
  try {
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      const more = await takeStep(work);
      if (more === false) return;
      if (more !== true) {
        await comeBack(address, more);
        return;
      }
    }
    throw new Error(`${address.mediaFileId} does not come to rest`);
  } catch (error) {
    if (!(error instanceof Paused)) {
      await noteFailure(work, reasonOf(error));
      throw error;
    }
    await comeBack(address, new Date());
  }
}

/** Finds videos that are not where they should be, whatever became of their jobs, and enqueues them again. */
export async function requeueTiers(_actor: SystemActor): Promise<{ enqueued: number }> {
  const files = await listUnsettledTiers({ withCold: coldTarget !== null, take: BATCH });
  const payloads = files.map(({ id, organizationId }) => ({ organizationId, mediaFileId: id }));
  await inTransaction((tx) => enqueueMany(tx, "storage-tier", payloads));
  return { enqueued: payloads.length };
}
