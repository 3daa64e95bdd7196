import "server-only";
import { deleteObjects, headObject, listBegunUploads, listObjects, type ListedObject, type UploadMarker } from "../clients/bucket";
import { abortMultipartUpload } from "../clients/multipart-store";
import { mainPlace, type StorePlace } from "../clients/store-place";
import { AppError } from "../core/app-error";
import { findEndedKeys, findLastMove, lockKeys, repointPurged, sumFilesInStore } from "../data/storage-move";
import { inTransaction } from "../data/transaction";
import type { SystemActor } from "../policies/actor";
import { countProblems, moveCountsSchema, type MoveOutcome } from "../schemas/storage-move";
import { assertTwoBuckets, endsOf, LOOSE, type Ends } from "./storage-migration-service";
import { runMove, type MoveOptions, type MoveResult, type MoveRun } from "./storage-move-service";

/** @throws AppError CONFLICT unless everything was checked after the last copy, and nothing differed */
async function assertVerified({ source, target }: Ends): Promise<void> {
  const pair = { kind: "PROVIDER" as const, source: source.name, target: target.name };
  const [verified, copied] = await Promise.all([findLastMove({ ...pair, phase: "verify" }), findLastMove({ ...pair, phase: "copy" })]);
  const refuse = (why: string) => new AppError("CONFLICT", `${why} Nothing was deleted.`);
  if (verified?.state !== "DONE") throw refuse(`Run verify --to ${target.name} first.`);
  if (countProblems(moveCountsSchema.parse(verified.counts)) > 0) throw refuse("The last verify found differences.");
  if (copied && copied.startedAt > verified.startedAt)
    throw refuse(`The last copy is younger than the last verify; run verify --to ${target.name} again.`);
}

/** @throws AppError CONFLICT when a file still lies there */
async function assertLeft({ source }: Ends): Promise<void> {
  const { files } = await sumFilesInStore(source.name);
  if (files > 0) throw new AppError("CONFLICT", `${files} files still lie in "${source.name}"; copy them first. Nothing was deleted.`);
}

/** May this object of the old bucket go? Its row must name the new one, or be purged; one that the ledger calls lost stays as a rescue. */
function isLeftBehind(row: { state: string; store: string } | undefined, target: StorePlace): boolean {
  return row?.state === "PURGED" || (row?.store === target.name && row.state !== "MISSING");
}

/** Of what lies in the trash and of exports: that of which the target has a copy, or whose time is over. */
async function findSpareKeys(objects: readonly ListedObject[], target: StorePlace): Promise<Set<string>> {
  const loose = objects.filter(({ key }) => LOOSE.some((prefix) => key.startsWith(prefix)));
  const spare = await findEndedKeys(loose.map(({ key }) => key));
  for (const { key, bytes } of loose) if (!spare.has(key) && (await headObject(key, target))?.bytes === bytes) spare.add(key);
  return spare;
}

/** A slow store deletes a thousand objects, or ends as many uploads; seconds. */
const SECONDS = 75;

type Page = { objects: readonly ListedObject[]; dryRun: boolean };

/** Deletes what may go of up to 1,000 objects in one call, under the locks of their rows, and tells each one's own result. */
async function deletePage(run: MoveRun, { source, target }: Ends, { objects, dryRun }: Page): Promise<void> {
  const spare = await findSpareKeys(objects, target);
  await inTransaction(async (tx) => {
    await run.hold(tx);
    const rows = await lockKeys(
      objects.map(({ key }) => key),
      tx,
    );
    const byKey = new Map(rows.map((row) => [row.fileKey, row]));
    const going = objects.filter(({ key }) => spare.has(key) || isLeftBehind(byKey.get(key), target)).map(({ key }) => key);
    const refused = dryRun ? new Map<string, string>() : await deleteObjects(going, source);
    const gone = new Set(going);
    for (const { key, bytes } of objects) {
      const what = { fileKey: key, bytes, mediaFileId: null, organizationId: null };
      const code = refused.get(key);
      const deleted: MoveOutcome = dryRun ? "WOULD_DELETE" : "DELETED";
      if (code) run.settle(what, { outcome: "FAILED", detail: code });
      else run.settle(what, { outcome: gone.has(key) ? deleted : "UNKNOWN" });
    }
  }, SECONDS);
}

/** Ends the uploads under way that the ledger knows to be over. */
async function endUploads(run: MoveRun, { source, target }: Ends): Promise<void> {
  let after: UploadMarker | null = null;
  do {
    const page: Awaited<ReturnType<typeof listBegunUploads>> = await listBegunUploads(after, source);
    await inTransaction(async (tx) => {
      await run.hold(tx);
      const rows = await lockKeys(
        page.uploads.map(({ key }) => key),
        tx,
      );
      const over = new Set(rows.filter((row) => isLeftBehind(row, target)).map(({ fileKey }) => fileKey));
      for (const { key, multipartId } of page.uploads) {
        const what = { fileKey: key, bytes: 0, mediaFileId: null, organizationId: null };
        if (over.has(key)) await abortMultipartUpload(key, multipartId, source);
        run.settle(what, { outcome: over.has(key) ? "DELETED" : "UNKNOWN", detail: "multipart upload" });
      }
    }, SECONDS);
    after = page.next;
  } while (after);
}

/**
 * Deletes what a finished move has left in the old bucket, which by now is that of OTHER_STORE_URL: objects whose file lies in the new
 * one, or is purged, and what of the trash and of exports is copied or over. Whatever no row explains stays, and is reported. Purged files point to the
 * new bucket afterwards, so that the old one's keys can be taken out of the settings.
 *
 * @param input.confirm the old bucket's own name
 * @throws AppError INVALID_INPUT without it; CONFLICT while a file lies there, or the last verify is missing, old or found differences
 */
export async function deleteOldObjects(
  actor: SystemActor,
  input: { confirm: string; dryRun?: boolean },
  options: MoveOptions,
): Promise<MoveResult> {
  const ends = endsOf(mainPlace.name);
  const { source, target } = ends;
  if (input.confirm !== source.bucket) {
    throw new AppError("INVALID_INPUT", `Name the bucket whose objects are to go with --confirm ${source.bucket}. Nothing was deleted.`);
  }
  const dryRun = input.dryRun ?? false;
  const move = { kind: "PROVIDER" as const, phase: "delete", dryRun, source: source.name, target: target.name };
  return runMove(actor, move, options, async (run) => {
    await assertLeft(ends);
    await assertVerified(ends);
    if (!dryRun) await assertTwoBuckets(ends);
    let after: string | null = null;
    for (let more = true; more;) {
      const page: Awaited<ReturnType<typeof listObjects>> = await listObjects(after, source);
      run.counts.files += page.objects.length;
      await deletePage(run, ends, { objects: page.objects, dryRun });
      after = page.objects.at(-1)?.key ?? after;
      more = page.more;
    }
    if (dryRun) return;
    await endUploads(run, ends);
    await repointPurged(source.name, target.name);
  });
}
