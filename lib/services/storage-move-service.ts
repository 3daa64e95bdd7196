import "server-only";
import { archivePlace, mainPlace, otherPlace, replicaPlace, type StorePlace } from "../clients/store-place";
import { AppError } from "../core/app-error";
import { fromNow, MINUTE } from "../core/clock";
import { logger } from "../core/logger";
import { createPacer } from "../core/pacer";
import {
  findRunningMove,
  holdMove,
  insertMove,
  keepMove,
  listMoves as findMoves,
  sumStores,
  whileNoOtherMoveBegins,
  type MoveRow,
  type MovingFile,
  type NewMove,
} from "../data/storage-move";
import { inTransaction, type Db } from "../data/transaction";
import type { PlatformActor, SystemActor } from "../policies/actor";
import {
  countProblems,
  moveCountsSchema,
  type MoveCounts,
  type MoveLine,
  type MoveOutcome,
  type MoveView,
  type StoreView,
} from "../schemas/storage-move";
import { recordAudit } from "./audit-service";

/** A move that was silent for this long has died. */
const SILENCE = 2 * MINUTE;
const BEAT = 5_000;
/** Files that are treated at a time. */
const PARALLEL = 4;
/** Files that may fail by themselves; more than these, and it is the store that fails. */
const TOLERATED = 50;
/** Runs that a page shows. */
const SHOWN = 20;

/** Another process has taken the place of this one. */
class MoveLost extends Error {
  override readonly name = "MoveLost";
}

export type MoveOptions = {
  /** Bytes per second that are read, over all files; null for as fast as it goes */
  rate?: number | null;
  /** Told each line of the report */
  report?: ((line: MoveLine) => void) | undefined;
  /** Told whenever something has been counted */
  onChange?: ((counts: MoveCounts) => void) | undefined;
};

export type MoveResult = { id: string; counts: MoveCounts; problems: number };

type Verdict = { outcome: MoveOutcome; detail?: string };

/** One process's work on one move. */
export class MoveRun {
  readonly id: string;
  readonly counts: MoveCounts = moveCountsSchema.parse({});
  readonly #options: MoveOptions;
  readonly #pacer: (bytes: number) => Promise<void>;
  #lost = false;
  #stopped = false;
  #failed = 0;

  constructor(id: string, options: MoveOptions) {
    this.id = id;
    this.#options = options;
    this.#pacer = createPacer(options.rate ?? null);
  }

  /** @throws MoveLost when another process has taken over */
  async beat(): Promise<void> {
    if (!(await keepMove(this.id, { counts: this.counts }))) this.#lost = true;
    this.#assertOurs();
  }

  /** Nobody takes over before the caller's transaction is over. @throws MoveLost */
  async hold(tx: Db): Promise<void> {
    if (!(await holdMove(this.id, tx))) this.#lost = true;
    this.#assertOurs();
  }

  #assertOurs(): void {
    if (this.#lost) throw new MoveLost("another move has taken the place of this one");
  }

  /** To be awaited before so many bytes are read. @throws MoveLost */
  readonly pace = async (bytes: number): Promise<void> => {
    this.#assertOurs();
    await this.#pacer(bytes);
    this.#assertOurs();
    this.counts.readBytes += bytes;
    this.#options.onChange?.(this.counts);
  };

  settle(what: Pick<MoveLine, "fileKey" | "bytes" | "mediaFileId" | "organizationId">, { outcome, detail = "" }: Verdict): void {
    this.counts.done += 1;
    this.counts.doneBytes += what.bytes;
    this.counts.outcomes[outcome] = (this.counts.outcomes[outcome] ?? 0) + 1;
    this.#options.report?.({ ...what, outcome, detail: detail || null });
    this.#options.onChange?.(this.counts);
  }

  /**
   * Treats everything that `items` yields, four at a time. One that fails is logged and reported; too many, and the move ends.
   *
   * @throws MoveLost; the error of the one that was too much
   */
  async each<T>(items: AsyncGenerator<T>, nameOf: (item: T) => MovingName, treat: (item: T) => Promise<Verdict>): Promise<void> {
    const worker = async (): Promise<void> => {
      try {
        for (let next = await items.next(); !next.done && !this.#stopped; next = await items.next()) {
          this.#assertOurs();
          this.settle(nameOf(next.value), await this.#tolerate(next.value, nameOf, treat));
        }
      } catch (error) {
        this.#stopped = true;
        throw error;
      }
    };
    // All of them: none may go on behind the back of a move that has ended.
    const ended = await Promise.allSettled(Array.from({ length: PARALLEL }, worker));
    for (const end of ended) if (end.status === "rejected") throw end.reason;
  }

  async #tolerate<T>(item: T, nameOf: (item: T) => MovingName, treat: (item: T) => Promise<Verdict>): Promise<Verdict> {
    try {
      return await treat(item);
    } catch (error) {
      this.#failed += 1;
      if (error instanceof MoveLost || this.#failed > TOLERATED) throw error;
      logger.error({ err: error, moveId: this.id, fileKey: nameOf(item).fileKey }, "a file can't be moved");
      return { outcome: "FAILED", detail: error instanceof Error ? error.message : String(error) };
    }
  }
}

export type MovingName = Pick<MoveLine, "fileKey" | "bytes" | "mediaFileId" | "organizationId">;

/** A file as a report names it. */
export function nameOfFile({ fileKey, bytes, id, organizationId }: MovingFile): MovingName {
  return { fileKey, bytes: Number(bytes), mediaFileId: id, organizationId };
}

/**
 * Runs a move from its first to its last line: one at a time, with a sign of life every five seconds; one that has been silent for two
 * minutes is closed, and its place taken. What is left to do follows from the ledger and the buckets, so nothing else is taken over.
 *
 * @throws AppError CONFLICT while another one works; what made it fail
 */
export async function runMove(
  actor: SystemActor,
  move: NewMove,
  options: MoveOptions,
  work: (run: MoveRun) => Promise<void>,
): Promise<MoveResult> {
  const { id } = await whileNoOtherMoveBegins(async (tx) => {
    const running = await findRunningMove(tx);
    if (running && running.heartbeatAt > fromNow(-SILENCE)) {
      throw new AppError("CONFLICT", "Another move is under way. Wait until it is done, or two minutes after it was killed.");
    }
    if (running) {
      const counts = moveCountsSchema.parse(running.counts);
      await keepMove(running.id, { counts, state: "FAILED", error: "It was left behind half-way.", finishedAt: new Date() }, tx);
    }
    const row = await insertMove(move, tx);
    await recordAudit(tx, actor, { action: "storage.move-started", subjectId: row.id, after: { ...move } });
    return row;
  });
  const run = new MoveRun(id, options);
  const beat = setInterval(() => {
    run.beat().catch((error: unknown) => logger.warn({ err: error, moveId: id }, "the move can't give a sign of life"));
  }, BEAT);
  try {
    await work(run);
  } catch (error) {
    const isRefusal = error instanceof MoveLost || (error instanceof AppError && error.code === "CONFLICT");
    logger[isRefusal ? "warn" : "error"]({ err: error, moveId: id }, "the move failed");
    const reason = error instanceof AppError ? error.message : "An unexpected error stopped it; the log knows more.";
    await keepMove(id, { counts: run.counts, state: "FAILED", error: reason, finishedAt: new Date() });
    throw error;
  } finally {
    clearInterval(beat);
  }
  await inTransaction(async (tx) => {
    await run.hold(tx);
    await keepMove(id, { counts: run.counts, state: "DONE", finishedAt: new Date() }, tx);
  });
  return { id, counts: run.counts, problems: countProblems(run.counts) };
}

function toView({ counts: stored, heartbeatAt, ...row }: MoveRow): MoveView {
  const counts = moveCountsSchema.parse(stored);
  return { ...row, counts, problems: countProblems(counts), silent: row.state === "RUNNING" && heartbeatAt < fromNow(-SILENCE) };
}

/** The latest 20 runs of moves, newest first. */
export async function listMoves(_actor: PlatformActor): Promise<MoveView[]> {
  return (await findMoves(SHOWN)).map(toView);
}

/** The bucket at the other end of a move, where the settings have one. */
export function findOtherEnd(_actor: PlatformActor): { name: string } | null {
  return otherPlace && { name: otherPlace.name };
}

const roles: [string, StorePlace | null][] = [
  ["Uploads go here", mainPlace],
  ["Archived videos", archivePlace],
  ["Replica", replicaPlace],
  ["Other end of a move", otherPlace],
];

/** The buckets that the settings or the ledger name, with what lies in each. The host is told without any key. */
export async function listStores(_actor: PlatformActor): Promise<StoreView[]> {
  const sums = new Map((await sumStores()).map(({ store, ...sum }) => [store, sum]));
  const nothing = { files: 0, bytes: 0 };
  const known = await Promise.all(
    roles.map(async ([role, place]): Promise<StoreView[]> => {
      if (!place) return [];
      const { hostname } = (await place.client.config.endpoint?.()) ?? { hostname: null };
      return [{ name: place.name, role, host: hostname, bucket: place.bucket, ...(sums.get(place.name) ?? nothing) }];
    }),
  );
  const named = new Set(known.flat().map(({ name }) => name));
  const unknown = [...sums].filter(([name]) => !named.has(name));
  return [...known.flat(), ...unknown.map(([name, sum]) => ({ name, role: null, host: null, bucket: null, ...sum }))];
}
