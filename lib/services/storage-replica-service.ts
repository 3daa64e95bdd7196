import "server-only";
import { bareEtag, headObject } from "../clients/bucket";
import { abortMultipartUpload, listMultipartUploads } from "../clients/multipart-store";
import { deleteObject, findObject } from "../clients/object-store";
import { copyBetween, CopyMismatch } from "../clients/place-copy";
import { isAnswering } from "../clients/store-health";
import { mainPlace, placeNamed, replicaPlace, type StorePlace } from "../clients/store-place";
import { AppError } from "../core/app-error";
import { MINUTE } from "../core/clock";
import { logger } from "../core/logger";
import {
  claimReplica,
  dropReplica,
  FROZEN,
  findReplicaSource,
  giveReplicaBack,
  isReplicaDue,
  keepReplicaClaim,
  markCopied,
  putReplicaOff,
  type ReplicaClaim,
  type ReplicaSource,
} from "../data/replica-object";
import { inTransaction } from "../data/transaction";
import { enqueue } from "../jobs/enqueue";
import type { SystemActor } from "../policies/actor";

/** Objects under way at a time. */
const PARALLEL = 4;
/** Tries of one object before it waits for a person. With the pauses between them, half a day. */
const TRIES = 10;
/** The longest pause between two tries; seconds. */
const LONGEST_PAUSE = 6 * 60 * 60;
/** So many failures in a row, and it is a store that fails, not an object. */
const TOLERATED = 8;
/** What one job works before it hands over to the next one; milliseconds. */
const SLICE_OF_WORK = 40_000;

/** The time is over, or the claim is lost: what has arrived of the object stays for whoever goes on with it. */
class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Holds an object for as long as its copying takes. */
class Hold {
  #claim: ReplicaClaim;
  #keptAt = Date.now();
  #renewal: Promise<void> | null = null;
  readonly #until: Date;

  constructor(claim: ReplicaClaim, until: Date) {
    this.#claim = claim;
    this.#until = until;
  }

  get claim(): ReplicaClaim {
    return this.#claim;
  }

  async #renew(): Promise<void> {
    const kept = await keepReplicaClaim(this.#claim);
    if (!kept) throw new Interrupted("the row has changed");
    this.#claim = kept;
    this.#keptAt = Date.now();
  }

  /** Before each part. @throws Interrupted */
  async keep(): Promise<void> {
    if (Date.now() >= this.#until.getTime()) throw new Interrupted("the time is over");
    if (Date.now() - this.#keptAt < MINUTE) return;
    this.#renewal ??= this.#renew().finally(() => (this.#renewal = null));
    await this.#renewal;
  }
}

/** Is what lies in the replica the object itself? An earlier try may have sent it, or the provider's own replication. */
async function isThere(file: ReplicaSource, etag: string, replica: StorePlace): Promise<boolean> {
  const there = await findObject(file.fileKey, replica);
  if (!there || BigInt(there.bytes) !== file.bytes) return false;
  if (there.sha256 && file.checksum) return there.sha256 === file.checksum;
  return bareEtag(there.etag) === etag;
}

const isFrozen = ({ tier, storageClass }: ReplicaSource) => tier !== "STANDARD" && storageClass !== null && FROZEN.includes(storageClass);

type Outcome = "copied" | "recognised" | "deleted" | "dropped";

async function copy(file: ReplicaSource, hold: Hold, replica: StorePlace): Promise<Outcome> {
  const from = placeNamed(file.store);
  const etag = file.etag === null ? (await headObject(file.fileKey, from))?.etag : bareEtag(file.etag);
  if (etag === undefined) throw new Error(`There is no original in the bucket "${from.name}".`);
  if (await isThere(file, etag, replica)) return (await markCopied(hold.claim, file.etag)) ? "recognised" : "dropped";
  if (isFrozen(file)) {
    // The comparison notes it again when it can be read.
    await dropReplica(hold.claim);
    return "dropped";
  }
  const source = { key: file.fileKey, etag, bytes: Number(file.bytes) };
  const target = { key: file.fileKey, partBytes: file.partSize, checksum: file.checksum, pace: () => hold.keep() };
  const made = await copyBetween(from, source, replica, target);
  if (!made) throw new Error(`The original in the bucket "${from.name}" is gone, or another one than the database knows.`);
  return (await markCopied(hold.claim, file.etag)) ? "copied" : "dropped";
}

/** Uploads first: after that nothing of them can become an object any more. */
async function deleteCopy(claim: ReplicaClaim, replica: StorePlace): Promise<Outcome> {
  for (const id of await listMultipartUploads(claim.fileKey, replica)) await abortMultipartUpload(claim.fileKey, id, replica);
  // A bucket that the provider replicates into by itself may be ours to read only, and has deleted it by itself then.
  if (await headObject(claim.fileKey, replica)) await deleteObject(claim.fileKey, replica);
  await dropReplica(claim);
  return "deleted";
}

/** Does what the ledger says now, whatever was noted: a file may have been purged, or its key taken again, since then. */
async function settle(hold: Hold, replica: StorePlace): Promise<Outcome> {
  const file = await findReplicaSource(hold.claim.fileKey);
  if (!file || file.state === "PURGED") return deleteCopy(hold.claim, replica);
  if (file.state === "READY" || file.state === "RELEASED") return copy(file, hold, replica);
  // Being made again: its end notes it anew. Or its original is lost: then a copy stays as it is.
  await dropReplica(hold.claim);
  return "dropped";
}

/** Why a try failed, for the platform's staff. */
function reasonOf(error: unknown): string {
  if (error instanceof CopyMismatch) return `Not copied, the proof failed: ${error.message}`;
  const reason = error instanceof AppError ? (error.log ?? error.message) : String(error instanceof Error ? error.message : error);
  return reason.slice(0, 500);
}

async function noteFailure({ claim }: Hold, error: unknown): Promise<void> {
  // The pause doubles: a minute, two, four.
  const afterSeconds = Math.min(60 * 2 ** (claim.attempts - 1), LONGEST_PAUSE);
  const state = claim.state === "PENDING" && claim.attempts >= TRIES ? "FAILED" : claim.state;
  const reason = reasonOf(error);
  await putReplicaOff(claim, { error: reason, state, afterSeconds });
  logger.warn({ err: error, fileKey: claim.fileKey, attempts: claim.attempts, state }, "replica: a try failed");
}

/** One drain of what waits: four lines that take one object after the other, until none is due or the time is over. */
class Drain {
  readonly counts = { copied: 0, recognised: 0, deleted: 0, dropped: 0, failed: 0, interrupted: 0 };
  #failedInARow = 0;
  readonly #replica: StorePlace;
  readonly #until: Date;
  readonly #copies: boolean;

  /** @param copies false while originals can't be read: then only deletions are done */
  constructor(replica: StorePlace, until: Date, copies: boolean) {
    this.#replica = replica;
    this.#until = until;
    this.#copies = copies;
  }

  get #goesOn(): boolean {
    return Date.now() < this.#until.getTime() && this.#failedInARow < TOLERATED;
  }

  async #one(claim: ReplicaClaim): Promise<void> {
    const hold = new Hold(claim, this.#until);
    try {
      this.counts[await settle(hold, this.#replica)] += 1;
      this.#failedInARow = 0;
    } catch (error) {
      if (error instanceof Interrupted) {
        this.counts.interrupted += 1;
        await giveReplicaBack(hold.claim);
        return;
      }
      this.counts.failed += 1;
      this.#failedInARow += 1;
      await noteFailure(hold, error);
    }
  }

  async #line(deletionsFirst: boolean): Promise<void> {
    const claimCopy = () => (this.#copies ? claimReplica("PENDING") : null);
    const claimDeletion = () => claimReplica("DOOMED");
    const next = async () => (deletionsFirst ? ((await claimDeletion()) ?? claimCopy()) : ((await claimCopy()) ?? claimDeletion()));
    while (this.#goesOn) {
      const claim = await next();
      if (!claim) return;
      await this.#one(claim);
    }
  }

  async run(): Promise<void> {
    // One line looks for deletions first, so that neither kind of work has to wait for the end of the other.
    await Promise.all(Array.from({ length: PARALLEL }, (_, index) => this.#line(index === 0)));
  }
}

/**
 * Copies what waits into the replica, with proof, and deletes there what was purged. A store that does not answer costs no object a try.
 * Several may run at once, and one that is killed leaves what it held to the next one, ten minutes later.
 *
 * @param until when to begin nothing more; a large object is interrupted between two parts, and gone on with by the next drain
 * @returns counts; nothing is counted where no replica is set up
 */
export async function drainReplica(_actor: SystemActor, until: Date): Promise<Record<string, number>> {
  if (!replicaPlace) return {};
  const [main, replica] = await Promise.all([isAnswering(mainPlace), isAnswering(replicaPlace)]);
  if (!replica) return { replicaDown: 1 };
  const drain = new Drain(replicaPlace, until, main);
  await drain.run();
  return main ? drain.counts : { ...drain.counts, mainDown: 1 };
}

/** Drains for a while as a job, and leaves the rest to another one. */
export async function continueDrain(actor: SystemActor): Promise<void> {
  const until = new Date(Date.now() + SLICE_OF_WORK);
  await drainReplica(actor, until);
  // Not when it ended for another reason: the scheduler comes back to a store that fails.
  if (Date.now() >= until.getTime() && (await isReplicaDue())) await inTransaction((tx) => enqueue(tx, "replicate-storage", {}));
}
