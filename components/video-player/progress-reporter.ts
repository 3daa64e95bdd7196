import { mergeRanges, type WatchedRange } from "@/lib/core/watched-ranges";
import type { LessonProgressView, ProgressReport } from "@/lib/schemas/progress";
import type { PendingStore } from "./pending-store";
import type { WriteBudget } from "./write-budget";

/** Shortest time between two routine reports: what a killed tab can lose; milliseconds. */
export const REPORT_EVERY_MS = 15_000;
/** The server takes no more in one report. */
const MOST_RANGES = 200;

/** taken: it is saved. later: no answer, send it again. refused: it will never be taken. */
export type SendOutcome =
  { kind: "taken"; view: LessonProgressView } | { kind: "later" } | { kind: "refused"; message: string; code: string };

export type ReporterOptions = {
  viewId: string;
  lessonId: string;
  mediaFileId: string;
  send: (report: ProgressReport) => Promise<SendOutcome>;
  store: PendingStore | null;
  budget: WriteBudget;
  /** Milliseconds */
  now: () => number;
  onOutcome: (outcome: SendOutcome, report: ProgressReport) => void;
};

/**
 * Hands watched ranges to the server, at most four times a minute, and loses none: a report waits in `outbox` under its own sequence
 * until it is answered, what is watched meanwhile gathers in `draft`, and both lie in the store in case the tab dies.
 */
export class ProgressReporter {
  readonly #options: ReporterOptions;
  #draft: { ranges: WatchedRange[]; positionMs: number } | null = null;
  #outbox: ProgressReport[] = [];
  readonly #flying = new Set<ProgressReport>();
  #sequence = 0;
  #lastSent: number;

  constructor(options: ReporterOptions) {
    this.#options = options;
    this.#lastSent = options.now();
  }

  /**
   * Takes over what earlier views left behind. Ranges of this video join the draft, others are sent as they are: a union has no
   * memory of how often a range was told, so even a view that is still alive elsewhere loses nothing.
   *
   * @returns where the earlier view of this video stood, in milliseconds, or null
   */
  adopt(): number | null {
    const { store, viewId, lessonId, mediaFileId } = this.#options;
    let positionMs: number | null = null;
    for (const report of store?.takeOthers(viewId) ?? []) {
      if (report.lessonId === lessonId && report.mediaFileId === mediaFileId) {
        positionMs = report.positionMs;
        this.add(report.ranges, report.positionMs);
      } else {
        this.#outbox.push({ ...report, viewId: crypto.randomUUID(), sequence: 0 });
      }
    }
    this.#persist();
    return positionMs;
  }

  /** Ranges watched since the last call, and where the player is. */
  add(ranges: readonly WatchedRange[], positionMs: number): void {
    const known = this.#draft?.ranges ?? [];
    this.#draft = { ranges: mergeRanges([...known, ...ranges]), positionMs: Math.round(positionMs) };
    this.#persist();
  }

  /** Sends when something waits and the last report is long enough ago. Called every second. */
  tick(): void {
    if (this.#options.now() - this.#lastSent >= REPORT_EVERY_MS) this.flush();
  }

  /** Sends now what waits, as far as the budget allows: at the end, and when the page goes away. */
  flush(): void {
    this.#seal();
    for (const report of this.#outbox) {
      if (this.#flying.has(report)) continue;
      if (!this.#options.budget.take(this.#options.now())) return;
      void this.#send(report);
    }
  }

  /** While a report waits unanswered the draft goes on growing, so that an hour offline is two reports and not 240. */
  #seal(): void {
    const idle = this.#outbox.filter((report) => !this.#flying.has(report));
    if (!this.#draft || idle.length > 0) return;
    const { viewId, lessonId, mediaFileId } = this.#options;
    const { ranges, positionMs } = this.#draft;
    const reported = toTuples(ranges.slice(0, MOST_RANGES));
    this.#outbox.push({ lessonId, mediaFileId, viewId, sequence: this.#sequence, ranges: reported, positionMs });
    this.#sequence += 1;
    const rest = ranges.slice(MOST_RANGES);
    this.#draft = rest.length > 0 ? { ranges: rest, positionMs } : null;
    this.#persist();
  }

  async #send(report: ProgressReport): Promise<void> {
    this.#flying.add(report);
    this.#lastSent = this.#options.now();
    const outcome = await this.#options.send(report);
    this.#flying.delete(report);
    if (outcome.kind !== "later") {
      this.#outbox = this.#outbox.filter((waiting) => waiting !== report);
      this.#persist();
    }
    this.#options.onOutcome(outcome, report);
  }

  #persist(): void {
    const { store, viewId, lessonId, mediaFileId } = this.#options;
    const draft: ProgressReport[] = this.#draft
      ? [
          {
            lessonId,
            mediaFileId,
            viewId,
            sequence: this.#sequence,
            positionMs: this.#draft.positionMs,
            ranges: toTuples(this.#draft.ranges),
          },
        ]
      : [];
    store?.save(viewId, [...this.#outbox, ...draft]);
  }
}

function toTuples(ranges: readonly WatchedRange[]): [number, number][] {
  return ranges.map(([from, to]) => [Math.round(from), Math.round(to)]);
}
