import "server-only";
import { bucketName, storeNow } from "../clients/bucket";
import { mainPlace } from "../clients/store-place";
import { AppError } from "../core/app-error";
import { DAY, fromNow, MINUTE } from "../core/clock";
import { logger } from "../core/logger";
import { holdFindings, holdOrphansUnder, insertFindings } from "../data/storage-finding";
import {
  claimSweep,
  deleteSweeps,
  findRunningSweep,
  findSweep,
  insertSweep,
  keepSweep,
  listPlatformStaff,
  releaseSweep,
  whileNoOtherBegins,
  type SweepHold,
  type SweepRow,
} from "../data/storage-sweep";
import { inTransaction, type Db } from "../data/transaction";
import { env } from "../env";
import { enqueue } from "../jobs/enqueue";
import type { PlatformActor, SystemActor } from "../policies/actor";
import { sweepProgressSchema, type SweepMode, type SweepProgress, type SweepState } from "../schemas/storage-sweep";
import { recordAudit } from "./audit-service";
import { compareBucketWithLedger } from "./storage-compare-service";
import { closeTenant, isOver, judgeSlice, type Rules } from "./storage-finding-service";
import { actOnFindings, findDeadUploads } from "./storage-repair-service";

/** A sweep that was silent for this long has died: another one may take it over. The longest single step takes half of it. */
const SILENCE = 6 * MINUTE;
/** How long a sweep and its findings are kept. */
const KEPT = 90 * DAY;
/** What one job works on a sweep before it hands over to the next one. */
const SLICE_OF_WORK = 40_000;

type Wish = { mode: SweepMode; force: string | null };

/** Another process has taken the sweep over; this one has nothing more to say about it. */
class SweepLost extends Error {
  override readonly name = "SweepLost";
}

/** Someone works on it: this call does nothing. */
const busyError = () => new AppError("CONFLICT", "A sweep is under way. Wait until it is done.");

/**
 * The sweep to work on: the one that died or paused where it wants the same, else a new one. One of another wish that was left behind is
 * closed, and those of long ago go.
 *
 * @throws AppError CONFLICT while another process works on one
 */
async function openSweep(tx: Db, actor: PlatformActor | SystemActor, { mode, force }: Wish): Promise<SweepRow> {
  const running = await findRunningSweep(tx);
  if (running) {
    if (running.heartbeatAt > fromNow(-SILENCE)) throw busyError();
    if (running.mode === mode && sweepProgressSchema.parse(running.counts).force === force) return running;
    const { id, heartbeatAt } = running;
    await keepSweep({ id, heartbeatAt }, { state: "FAILED", error: "It was left behind half-way.", finishedAt: new Date() }, tx);
  }
  await deleteSweeps(fromNow(-KEPT), tx);
  const startedById = actor.kind === "platform" ? actor.userId : null;
  const counts = sweepProgressSchema.parse({ force });
  const sweep = await insertSweep({ mode, forced: force !== null, startedById, counts }, tx);
  await recordAudit(tx, actor, { action: "storage.sweep-started", subjectId: sweep.id, after: { mode, force } });
  return sweep;
}

/**
 * Starts a sweep that jobs work on, a slice each.
 *
 * @param input.force an organization's or the bucket's name: more than the limit of it may go
 * @throws AppError CONFLICT while one is under way
 */
export function startSweep(actor: PlatformActor, input: Wish): Promise<{ id: string }> {
  return whileNoOtherBegins(async (tx) => {
    const { id } = await openSweep(tx, actor, input);
    await enqueue(tx, "storage-sweep", { sweepId: id });
    return { id };
  });
}

/**
 * Compares the bucket with the ledger and, in the mode DELETE, acts on what it found. Goes on with one that was killed.
 *
 * @param input.until when to pause; the rest is left to a job. Without it the sweep goes on to its end.
 * @returns its id and state
 * @throws AppError CONFLICT while another works; what made it fail
 */
export async function sweepStorage(actor: SystemActor, input: Wish & { until?: Date }): Promise<{ id: string; state: SweepState }> {
  const { sweep, hold } = await whileNoOtherBegins(async (tx) => {
    const opened = await openSweep(tx, actor, input);
    const claimed = await claimSweep(opened.id, fromNow(-SILENCE), tx);
    if (!claimed) throw busyError();
    return { sweep: opened, hold: claimed };
  });
  return { id: sweep.id, state: await new SweepRun(sweep, hold, input.until).work() };
}

/** Works on a started or paused sweep for a while; one that is over, or that another works on, is left alone. */
export async function continueSweep(_actor: SystemActor, input: { sweepId: string }): Promise<void> {
  const hold = await claimSweep(input.sweepId, fromNow(-SILENCE));
  const sweep = hold && (await findSweep(input.sweepId));
  if (sweep) await new SweepRun(sweep, hold, fromNow(SLICE_OF_WORK)).work();
}

/** One process's work on one sweep. */
class SweepRun {
  readonly #sweep: SweepRow;
  readonly #until: Date | undefined;
  #hold: SweepHold;
  #progress: SweepProgress;

  constructor(sweep: SweepRow, hold: SweepHold, until: Date | undefined) {
    this.#sweep = sweep;
    this.#hold = hold;
    this.#until = until;
    this.#progress = sweepProgressSchema.parse(sweep.counts);
  }

  async work(): Promise<SweepState> {
    try {
      return await this.#steps();
    } catch (error) {
      if (error instanceof SweepLost) {
        logger.warn({ sweepId: this.#sweep.id }, "another process has taken this sweep over");
        return "RUNNING";
      }
      const reason = error instanceof AppError ? error.message : "An unexpected error stopped it; the log knows more.";
      logger.error({ err: error, sweepId: this.#sweep.id }, "the sweep failed");
      await this.#finish("FAILED", reason);
      throw error;
    }
  }

  async #steps(): Promise<SweepState> {
    if (this.#progress.phase === "COMPARE" && !(await this.#compare())) return this.#pause();
    if (this.#progress.phase === "UPLOADS") {
      const dead = await findDeadUploads(this.#rules());
      await insertFindings(this.#sweep.id, dead);
      await this.#keep({ ...this.#progress, phase: "ACT" });
    }
    const refusal = this.#refusal();
    if (this.#sweep.mode === "REPORT") return this.#finish("DONE");
    if (refusal) return this.#finish("STOPPED", refusal);
    await this.#holdBack();
    const done = await actOnFindings(this.#sweep.id, {
      cutoff: this.#rules().cutoff,
      mayGoOn: () => this.#mayGoOn(),
      beat: () => this.#keep(),
    });
    return done ? this.#finish("DONE") : this.#pause();
  }

  #rules(): Rules {
    return {
      cutoff: new Date(storeNow().getTime() - env.STORAGE_ORPHAN_DAYS * DAY),
      now: new Date(),
      maxPercent: env.STORAGE_SWEEP_MAX_PERCENT,
      takesOutside: this.#namesBucket(),
    };
  }

  #namesBucket(): boolean {
    return this.#progress.force === bucketName;
  }

  #mayGoOn(): boolean {
    return this.#until === undefined || new Date() < this.#until;
  }

  async #compare(): Promise<boolean> {
    for await (const slice of compareBucketWithLedger(this.#sweep.cursor)) {
      const { findings, progress } = await judgeSlice(slice, this.#progress, this.#rules());
      await inTransaction(async (tx) => {
        await insertFindings(this.#sweep.id, findings, tx);
        await this.#keep(progress, slice.cursor, tx);
      });
      if (!this.#mayGoOn()) return false;
    }
    const progress = structuredClone(this.#progress);
    closeTenant(progress, this.#rules());
    await this.#keep({ ...progress, phase: "UPLOADS" });
    return true;
  }

  /** Gives a sign of life and writes the progress down. @throws SweepLost */
  async #keep(progress = this.#progress, cursor?: string, tx?: Db): Promise<void> {
    const hold = await keepSweep(this.#hold, { counts: progress, ...(cursor !== undefined && { cursor }) }, tx);
    if (!hold) throw new SweepLost();
    this.#hold = hold;
    this.#progress = progress;
  }

  /** Why nothing at all may be deleted, in a sentence; what looks like a mistake can't be forced. */
  #refusal(): string | null {
    const { objects, rows, live, matched, elsewhere, due } = this.#progress;
    if (objects > 0 && rows === 0) return "The database knows no file at all. Nothing was deleted; is it the right database?";
    if (live > 0 && matched === 0)
      return "The bucket holds none of the files that the database knows. Nothing was deleted; is it the right bucket?";
    if (live === 0 && elsewhere > 0 && due > 0) {
      return `Every file that the database knows lies in another bucket than "${mainPlace.name}". Nothing was deleted; is S3_STORE_NAME right?`;
    }
    const percent = env.STORAGE_SWEEP_MAX_PERCENT;
    if (!this.#namesBucket() && isOver(due, objects, percent)) {
      return `${due} of the bucket's ${objects} objects would go, more than ${percent}%. Nothing was deleted; name the bucket to allow it.`;
    }
    return null;
  }

  /** Sets aside what one organization would lose beyond the limit, and marks that would hit too many files. */
  async #holdBack(): Promise<void> {
    const { held, missing, live } = this.#progress;
    if (this.#namesBucket()) return;
    for (const prefix of held) await holdOrphansUnder(this.#sweep.id, prefix);
    if (isOver(missing, live, env.STORAGE_SWEEP_MAX_PERCENT)) await holdFindings(this.#sweep.id, "MISSING_OBJECT");
  }

  async #pause(): Promise<SweepState> {
    await releaseSweep(this.#hold);
    await inTransaction((tx) => enqueue(tx, "storage-sweep", { sweepId: this.#sweep.id }));
    return "RUNNING";
  }

  /** Closes the row and, of a sweep that may delete, has the figures mailed. */
  async #finish(state: "DONE" | "STOPPED" | "FAILED", error?: string): Promise<SweepState> {
    await inTransaction(async (tx) => {
      const hold = await keepSweep(this.#hold, { state, error, finishedAt: new Date() }, tx);
      if (!hold || this.#sweep.mode === "REPORT") return;
      for (const { id } of await listPlatformStaff(tx)) await enqueue(tx, "send-sweep-report", { sweepId: hold.id, userId: id });
    });
    return state;
  }
}
