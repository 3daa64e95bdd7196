import "server-only";
import type { ColdTarget } from "../clients/cold-storage";
import { archivePlace, mainPlace } from "../clients/store-place";
import { lockTierFile, updateTier, type TierChange, type TierRow } from "../data/storage-archive";
import { ERASING_SECONDS, inTransaction, type Db } from "../data/transaction";
import { nextTierStep, tierWish, type TierStep } from "../policies/media-tier-policy";
import type { SystemActor } from "../policies/actor";
import { recordAudit } from "./audit-service";

export type TierAddress = { organizationId: string; mediaFileId: string };

/** One job's work on one file. */
export type TierWork = {
  actor: SystemActor;
  address: TierAddress;
  /** How files are made cold here */
  target: ColdTarget | null;
  /** No part is copied after it */
  deadline: Date;
};

/** The time is over: the parts that have arrived are kept, and another job goes on. */
export class Paused extends Error {
  override readonly name = "Paused";
}

/** Why a file can't be moved: a code for the ledger and its page, and a sentence for the log. */
export class TierFailure extends Error {
  override readonly name = "TierFailure";
  readonly code: "TIER_OBJECT_GONE" | "TIER_OTHER_OBJECT";

  constructor(code: TierFailure["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** What is to be done with a file next. */
export function stepOf(file: TierRow, { target }: TierWork): TierStep {
  const inArchive = archivePlace !== null && file.store === archivePlace.name;
  const place = inArchive ? "archive" : file.store === mainPlace.name ? "main" : "other";
  return nextTierStep({ ...file, place }, tierWish(file), target?.kind ?? null);
}

/**
 * Changes the row under its lock, if the same is still to be done with the same object: else what happened meanwhile decides anew.
 *
 * @param seen the row as it was when the step was begun: a move to another prefix may have given it another key
 */
export async function whenStill(
  work: TierWork,
  step: TierStep,
  seen: Pick<TierRow, "fileKey">,
  change: (file: TierRow, tx: Db) => TierChange | Promise<TierChange>,
): Promise<void> {
  const { organizationId, mediaFileId } = work.address;
  await inTransaction(async (tx) => {
    const file = await lockTierFile({ organizationId }, mediaFileId, tx);
    if (file?.fileKey !== seen.fileKey || stepOf(file, work) !== step) return;
    await updateTier({ organizationId }, mediaFileId, await change(file, tx), tx);
  }, ERASING_SECONDS);
}

/** The end of a way: what the row says then, and an entry in the audit. */
export async function arrive(tx: Db, { actor }: TierWork, file: TierRow, tier: "STANDARD" | "ARCHIVED"): Promise<TierChange> {
  const { organizationId, id: subjectId, fileKey, store } = file;
  const action = tier === "ARCHIVED" ? "media.archived" : "media.brought-back";
  await recordAudit(tx, actor, { action, subjectId, organizationId, after: { fileKey, store, bytes: Number(file.bytes) } });
  return { tier, tierChangedAt: new Date(), restoreReadyAt: null, stateReason: null };
}
