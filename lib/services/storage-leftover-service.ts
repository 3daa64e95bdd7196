import "server-only";
import { BATCH, deleteObjects, headObject, storeNow, type ListedObject } from "../clients/bucket";
import { archivePlace, mainPlace, otherPlace, placeNamed, type StorePlace } from "../clients/store-place";
import { fromNow, HOUR } from "../core/clock";
import { lockKeys } from "../data/storage-move";
import { inTransaction } from "../data/transaction";
import { enqueue } from "../jobs/enqueue";
import type { SystemActor } from "../policies/actor";
import type { MoveOutcome, PrefixMove } from "../schemas/storage-move";
import { objectsIn } from "./storage-migration-service";
import { runMove, type MoveRun } from "./storage-move-service";

/** An address that was signed right before a file got its new key is good for this long: see delivery-service. */
export const KEPT = 4 * HOUR;

/** A slow store deletes a hundred objects; seconds. */
const SECONDS = 75;

type Row = { state: string; store: string } | undefined;

/** What may become of an object under the old prefix, by the rows that have its old and its new key. Null: it is a file's own object. */
async function judge({ bytes }: ListedObject, newKey: string, before: Row, after: Row): Promise<MoveOutcome | null> {
  if (before && before.state !== "PURGED") return null;
  if (after?.state === "PURGED") return "DELETED";
  if (after?.state !== "READY" && after?.state !== "RELEASED") return "UNKNOWN";
  // It may have gone on into another bucket since.
  const place = placeNamed(after.store);
  const copy = await headObject(newKey, place);
  if (copy?.bytes !== bytes) return "UNKNOWN";
  return copy.modifiedAt.getTime() + KEPT <= storeNow(place).getTime() ? "DELETED" : "WAITING";
}

/** Treats up to 1,000 objects under the locks of their rows. @returns how many wait */
async function deleteBatch(run: MoveRun, { from, to }: PrefixMove, place: StorePlace, objects: readonly ListedObject[]): Promise<number> {
  return inTransaction(async (tx) => {
    await run.hold(tx);
    const newKeys = objects.map(({ key }) => to + key.slice(from.length));
    const rows = new Map((await lockKeys([...objects.map(({ key }) => key), ...newKeys], tx)).map((row) => [row.fileKey, row]));
    const verdicts = await Promise.all(
      objects.map((object, index) => {
        const newKey = newKeys[index] ?? "";
        return judge(object, newKey, rows.get(object.key), rows.get(newKey));
      }),
    );
    const refused = await deleteObjects(
      objects.filter((_, index) => verdicts[index] === "DELETED").map(({ key }) => key),
      place,
    );
    objects.forEach(({ key: fileKey, bytes }, index) => {
      const outcome = refused.has(fileKey) ? "FAILED" : verdicts[index];
      if (!outcome) return;
      run.settle({ fileKey, bytes, mediaFileId: null, organizationId: null }, { outcome, detail: refused.get(fileKey) ?? "old object" });
    });
    return verdicts.filter((verdict) => verdict === "WAITING").length;
  }, SECONDS);
}

/**
 * Deletes the objects under an old prefix whose file has its new key for long enough. Whatever a row still names stays, and so does what
 * no row explains: a sweep decides about that.
 *
 * @returns how many stay for now, because an address of them may still be read
 */
export async function deleteLeftovers(run: MoveRun, move: PrefixMove): Promise<number> {
  let waiting = 0;
  for (const place of [mainPlace, archivePlace, otherPlace]) {
    if (!place) continue;
    let batch: ListedObject[] = [];
    for await (const object of objectsIn(place, move.from)) {
      batch.push(object);
      if (batch.length < BATCH / 10) continue;
      waiting += await deleteBatch(run, move, place, batch);
      batch = [];
    }
    waiting += await deleteBatch(run, move, place, batch);
  }
  return waiting;
}

/**
 * Deletes what a finished move to another prefix left for the addresses that had been handed out; comes back for what still waits, since
 * the clock that started it may be ahead of the store's.
 *
 * @throws AppError CONFLICT while a move works
 */
export async function deleteOldPrefix(actor: SystemActor, input: PrefixMove): Promise<void> {
  const move = { kind: "PREFIX" as const, phase: "delete", dryRun: false, source: input.from, target: input.to };
  await runMove(actor, move, {}, async (run) => {
    const waiting = await deleteLeftovers(run, input);
    if (waiting > 0) await inTransaction((tx) => enqueue(tx, "storage-leftovers", input, fromNow(HOUR)));
  });
}
