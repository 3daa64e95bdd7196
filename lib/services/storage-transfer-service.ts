import "server-only";
import { createHash } from "node:crypto";
import pLimit from "p-limit";
import { findObject, type StoredObject } from "../clients/object-store";
import { mainPlace, otherPlace, type StorePlace } from "../clients/store-place";
import { AppError } from "../core/app-error";
import { fromNow, MINUTE } from "../core/clock";
import { equalSecrets, hmac } from "../core/crypto";
import { logger } from "../core/logger";
import {
  beatTransfer,
  claimTransfer,
  findExportById,
  listExports,
  listImports,
  releaseTransfer,
  type ExportRow,
  type ImportRow,
  type TransferHold,
} from "../data/storage-transfer";
import { countAllCourses, sumSources } from "../data/transfer-content";
import { inTransaction, type Db } from "../data/transaction";
import { env } from "../env";
import { assertCan } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import type { ExportView, ImportView, TransferOverview } from "../schemas/storage-transfer";

/** A transfer that was silent for this long has died: another process may take it over. A part takes at most a third of it. */
const SILENCE = 6 * MINUTE;
/** Between two signs of life that are written down; milliseconds. */
const BEAT_EVERY = 1_000;
/** What one job works on a transfer before it hands over to the next one. */
export const SLICE_OF_WORK = 40_000;
/** Transfers of each kind that the page shows. */
const SHOWN = 10;

/** Another process has taken the transfer over, or a person has ended it; this one has nothing more to say about it. */
export class TransferLost extends Error {
  override readonly name = "TransferLost";
}

/** One process's work on one transfer. */
export class HeldTransfer {
  readonly #one = pLimit(1);
  #hold: TransferHold;
  #doneBytes: number;
  #beaten = Date.now();

  private constructor(hold: TransferHold, doneBytes: number) {
    this.#hold = hold;
    this.#doneBytes = doneBytes;
  }

  /** Null when another process works on it, or it is over. */
  static async claim(kind: TransferHold["kind"], row: { id: string; doneBytes: bigint }): Promise<HeldTransfer | null> {
    const hold = await claimTransfer(kind, row.id, fromNow(-SILENCE));
    return hold && new HeldTransfer(hold, Number(row.doneBytes));
  }

  /** Gives a sign of life, from any of several pieces of work at once. @throws TransferLost */
  async beat(doneBytes: number): Promise<void> {
    this.#doneBytes = doneBytes;
    if (Date.now() - this.#beaten < BEAT_EVERY) return;
    await this.change(async () => undefined);
  }

  /** Changes what depends on the transfer still being this process's. @throws TransferLost: nothing is changed then */
  change<T>(work: (tx: Db) => Promise<T>, seconds?: number): Promise<T> {
    return this.#one(async () => {
      const changed = await inTransaction(async (tx) => {
        const hold = await beatTransfer(this.#hold, this.#doneBytes, tx);
        if (!hold) throw new TransferLost();
        return { hold, result: await work(tx) };
      }, seconds);
      this.#hold = changed.hold;
      this.#beaten = Date.now();
      return changed.result;
    });
  }

  #release(): Promise<void> {
    return releaseTransfer(this.#hold, fromNow(-SILENCE - BEAT_EVERY));
  }

  /**
   * Works until the transfer is done or its time is over. A failure that another try would meet again ends it; after any other one it may
   * be taken up at once.
   *
   * @param steps.work true when all is done, false when the rest is left to the next job
   * @param steps.fail ends it with a sentence
   * @throws what another try may not meet again
   */
  async run(steps: { work: () => Promise<boolean>; fail: (tx: Db, why: string) => Promise<void> }): Promise<"done" | "paused" | "over"> {
    const { kind, id } = this.#hold;
    try {
      if (await steps.work()) return "done";
      await this.#release();
      return "paused";
    } catch (error) {
      if (error instanceof TransferLost) {
        logger.info({ kind, id }, "this transfer is no longer this process's");
        return "over";
      }
      if (!(error instanceof AppError) || error.code === "UNAVAILABLE") {
        await this.#release();
        throw error;
      }
      logger.warn({ err: error, detail: error.log, kind, id }, "the transfer failed");
      await this.change((tx) => steps.fail(tx, error.message));
      return "over";
    }
  }
}

const tokenHashOf = (secret: string) => createHash("sha256").update(secret).digest("hex");
/** Made anew whenever it is shown, so that no table and no queue holds it. */
const secretOf = (exportId: string) => hmac(env.BETTER_AUTH_SECRET, "export-link", exportId);

/** What is kept of a link's secret. */
export const linkHashOf = (exportId: string) => tokenHashOf(secretOf(exportId));

/** The link of a finished export; null when it has none. */
export function linkOf({ id, state, tokenHash }: Pick<ExportRow, "id" | "state" | "tokenHash">): string | null {
  if (state !== "DONE" || tokenHash !== linkHashOf(id)) return null;
  return new URL(`/api/exports/${id}/${secretOf(id)}`, env.BETTER_AUTH_URL).href;
}

/** The export that a link leads to; null for a wrong, withdrawn or expired one, which nobody can tell apart. */
export async function findLinkedExport({ id, secret }: { id: string; secret: string }): Promise<ExportRow | null> {
  const row = await findExportById(id);
  const right = equalSecrets(tokenHashOf(secret), row?.tokenHash ?? "");
  return right && row?.state === "DONE" && row.expiresAt && row.expiresAt > new Date() ? row : null;
}

/** Where archives may lie: a move of all files goes on for days, and copies them as well. */
export const archivePlaces: readonly StorePlace[] = [mainPlace, ...(otherPlace ? [otherPlace] : [])];

/** The archive under this key and the bucket that has it; null when none does. @throws AppError UNAVAILABLE */
export async function findArchive(fileKey: string): Promise<{ object: StoredObject; place: StorePlace } | null> {
  for (const place of archivePlaces) {
    const object = await findObject(fileKey, place);
    if (object) return { object, place };
  }
  return null;
}

const nameOf = (person: { name: string; email: string } | null) => (person ? person.name || person.email : null);

function exportView(row: ExportRow): ExportView {
  const { id, state, files, error, createdAt, finishedAt, expiresAt } = row;
  const bytes = { bytes: Number(row.bytes), doneBytes: Number(row.doneBytes) };
  return { id, state, files, error, createdAt, finishedAt, expiresAt, ...bytes, startedBy: nameOf(row.startedBy), link: linkOf(row) };
}

function importView(row: ImportRow): ImportView {
  const { id, state, sourceName, files, doneFiles, courses, error, createdAt, finishedAt } = row;
  const bytes = { bytes: Number(row.bytes), doneBytes: Number(row.doneBytes) };
  return { id, state, sourceName, files, doneFiles, courses, error, createdAt, finishedAt, ...bytes, startedBy: nameOf(row.startedBy) };
}

/** What can be exported, and the latest exports and imports of the organization. */
export async function getTransferOverview(actor: MemberActor): Promise<TransferOverview> {
  assertCan(actor, "storage.manage");
  const scope = { organizationId: actor.organization.id };
  const [courses, sums, exports, imports] = await Promise.all([
    countAllCourses(scope),
    sumSources(scope),
    listExports(scope, SHOWN),
    listImports(scope, SHOWN),
  ]);
  return { courses, ...sums, exports: exports.map(exportView), imports: imports.map(importView), days: env.STORAGE_EXPORT_DAYS };
}
