import "server-only";
import { bareEtag, headObject, listObjects, type ListedObject } from "../clients/bucket";
import { abortMultipartUpload, listMultipartUploads } from "../clients/multipart-store";
import { deleteObject, findObject, putObject } from "../clients/object-store";
import { copyBetween, CopyMismatch, isCopy } from "../clients/place-copy";
import { mainPlace, otherPlace, type StorePlace } from "../clients/store-place";
import { AppError } from "../core/app-error";
import { newId } from "../core/id";
import { listFilesInStore, lockMovingFile, setPlace, sumFilesInStore, type MovingFile } from "../data/storage-move";
import { inTransaction, type Db } from "../data/transaction";
import type { SystemActor } from "../policies/actor";
import type { MoveOutcome } from "../schemas/storage-move";
import { nameOfFile, runMove, type MoveOptions, type MoveResult, type MoveRun } from "./storage-move-service";

/** Rows that are read at a time. */
const PAGE = 500;
/** What lies in a bucket without a row in the ledger, and has rows of its own. */
export const LOOSE = ["exports/", "trash/"] as const;

export type Ends = { source: StorePlace; target: StorePlace };
type Verdict = { outcome: MoveOutcome; detail?: string };

/** The two buckets of a move that ends in the one of this name. @throws AppError INVALID_INPUT */
export function endsOf(to: string): Ends {
  if (!otherPlace) throw new AppError("INVALID_INPUT", "OTHER_STORE_URL is not set: it names the other end of the move.");
  if (to === otherPlace.name) return { source: mainPlace, target: otherPlace };
  if (to === mainPlace.name) return { source: otherPlace, target: mainPlace };
  throw new AppError("INVALID_INPUT", `The move goes to "${mainPlace.name}" or to "${otherPlace.name}"; name one of them.`);
}

/**
 * Two names of one bucket would end with its only copies deleted, and a bucket may be reached at several addresses: so something is
 * put into one end and looked for in the other.
 *
 * @throws AppError CONFLICT when both ends are one; UNAVAILABLE
 */
export async function assertTwoBuckets({ source, target }: Ends): Promise<void> {
  const key = `trash/probe-${newId()}`;
  await putObject(key, new Uint8Array(), { contentType: undefined }, target);
  try {
    if (!(await headObject(key, source))) return;
  } finally {
    await deleteObject(key, target);
  }
  throw new AppError("CONFLICT", `"${source.name}" and "${target.name}" are one and the same bucket. Nothing was moved.`);
}

/** Every file of any tenant that lies in a bucket, a page of rows in memory at a time. */
export async function* filesInStore(store: string): AsyncGenerator<MovingFile> {
  for (let after = ""; ;) {
    const files = await listFilesInStore(store, after, PAGE);
    yield* files;
    after = files.at(-1)?.id ?? "";
    if (files.length < PAGE) return;
  }
}

/** Everything in a bucket, or what is under one prefix of it, a page in memory at a time. */
export async function* objectsIn(place: StorePlace, prefix = ""): AsyncGenerator<ListedObject> {
  let after: string | null = prefix || null;
  for (let more = true; more;) {
    const page = await listObjects(after, place);
    for (const object of page.objects) {
      if (!object.key.startsWith(prefix)) return;
      yield object;
    }
    after = page.objects.at(-1)?.key ?? after;
    more = page.more;
  }
}

/** Is the file still what was copied? Only READY and RELEASED ones are. */
function isSame(before: MovingFile, now: MovingFile | null): now is MovingFile {
  if (now?.state !== "READY" && now?.state !== "RELEASED") return false;
  const sameObject = now.etag === before.etag && now.readyAt?.getTime() === before.readyAt?.getTime();
  return sameObject && now.store === before.store && now.fileKey === before.fileKey && now.tier === before.tier;
}

/** Takes a copy away that no row will name. One that the row names by now stays. */
async function dropCopy(file: MovingFile, now: MovingFile | null, target: StorePlace): Promise<Verdict> {
  if (now?.store === target.name) return { outcome: "CHANGED" };
  for (const id of await listMultipartUploads(file.fileKey, target)) await abortMultipartUpload(file.fileKey, id, target);
  await deleteObject(file.fileKey, target);
  return { outcome: "CHANGED" };
}

/** What is told of a file that can't be copied: unless it was deleted or replaced meanwhile, which is no fault. */
function unlessChanged(run: MoveRun, { target }: Ends, file: MovingFile, verdict: Verdict): Promise<Verdict> {
  return inTransaction(async (tx) => {
    await run.hold(tx);
    const now = await lockMovingFile(file, tx);
    return isSame(file, now) ? verdict : dropCopy(file, now, target);
  });
}

/** A file whose object is known to be lost: the row alone goes along, so that nothing asks the old bucket any more. */
async function takeLostAlong(run: MoveRun, { source, target }: Ends, file: MovingFile): Promise<Verdict> {
  if (await headObject(file.fileKey, source)) return { outcome: "DIFFERS", detail: "the ledger says that it is lost, and it is there" };
  return inTransaction(async (tx) => {
    await run.hold(tx);
    const now = await lockMovingFile(file, tx);
    if (now?.state !== "MISSING" || now.store !== source.name) return { outcome: "CHANGED" };
    await setPlace(now, { store: target.name }, tx);
    return { outcome: "REPOINTED" };
  });
}

/** `checksum` is null where the stores' own names of the bytes had to do. */
type Copy = { etag: string; checksum: string | null };

async function pointToCopy(tx: Db, file: MovingFile, target: StorePlace, { etag, checksum }: Copy): Promise<Verdict> {
  // The sum of a large object whose parts are not known can't be made again: it is not written down.
  const known = checksum?.includes("-") && !file.partSize ? null : checksum;
  await setPlace(file, { store: target.name, etag: `"${etag}"`, checksum: file.checksum ?? known }, tx);
  return { outcome: "MOVED" };
}

/**
 * Looks at what lies under the key at the target before anything is copied there: the copy of an earlier try whose sum the ledger never
 * knew is told by the entity tag, which both stores make of the bytes. Anything else goes, as long as the row still names the source:
 * a move that was frozen must not delete what by now is the file.
 */
async function makeRoom(run: MoveRun, { target }: Ends, file: MovingFile, object: ListedObject): Promise<Copy | null> {
  const there = await findObject(file.fileKey, target);
  if (!there || isCopy(there, object, file.checksum)) return null;
  const etag = bareEtag(there.etag);
  if (file.checksum === null && etag === object.etag && there.bytes === object.bytes) return { etag, checksum: null };
  await inTransaction(async (tx) => {
    await run.hold(tx);
    if (isSame(file, await lockMovingFile(file, tx))) await deleteObject(file.fileKey, target);
  });
  return null;
}

async function copyProven(run: MoveRun, ends: Ends, file: MovingFile, object: ListedObject): Promise<Copy | null> {
  const before = await makeRoom(run, ends, file, object);
  if (before) return before;
  const { fileKey: key, partSize: partBytes, checksum } = file;
  return copyBetween(ends.source, object, ends.target, { key, partBytes, checksum, pace: run.pace, refusesOther: true });
}

async function copyFile(run: MoveRun, ends: Ends, file: MovingFile): Promise<Verdict> {
  const { source, target } = ends;
  if (file.state === "PENDING") return { outcome: "PENDING" };
  if (file.state === "MISSING") return takeLostAlong(run, ends, file);
  if (file.tier !== "STANDARD") return { outcome: "ARCHIVED" };
  const object = await headObject(file.fileKey, source);
  if (!object) return unlessChanged(run, ends, file, { outcome: "MISSING" });
  if (BigInt(object.bytes) !== file.bytes || (file.etag !== null && bareEtag(file.etag) !== object.etag)) {
    const detail = `${object.bytes} bytes with the entity tag ${object.etag} lie there`;
    return unlessChanged(run, ends, file, { outcome: "DIFFERS", detail });
  }
  let copy: Copy | null;
  try {
    copy = await copyProven(run, ends, file, object);
  } catch (error) {
    if (error instanceof CopyMismatch) return unlessChanged(run, ends, file, { outcome: "MISMATCH", detail: error.message });
    // A file that was deleted while it was read is no failure of the store.
    const { outcome } = await unlessChanged(run, ends, file, { outcome: "FAILED" });
    if (outcome === "FAILED") throw error;
    return { outcome };
  }
  if (!copy) return unlessChanged(run, ends, file, { outcome: "DIFFERS", detail: "the object was exchanged while it was copied" });
  const made = copy;
  return inTransaction(async (tx) => {
    await run.hold(tx);
    const now = await lockMovingFile(file, tx);
    return isSame(file, now) ? pointToCopy(tx, now, target, made) : dropCopy(file, now, target);
  });
}

/** Of the trash and of exports there is no sum: size and the sums of the parts on their way have to do. */
async function copyLoose(run: MoveRun, { source, target }: Ends, object: ListedObject): Promise<Verdict> {
  if ((await headObject(object.key, target))?.bytes === object.bytes) return { outcome: "SAME" };
  const copy = await copyBetween(source, object, target, {
    key: object.key,
    partBytes: null,
    checksum: null,
    pace: run.pace,
    refusesOther: true,
  });
  return { outcome: copy ? "COPIED" : "CHANGED" };
}

/** What a dry run says of a file. */
function foresee({ state, tier }: MovingFile): Verdict {
  if (state === "PENDING") return { outcome: "PENDING" };
  return { outcome: state !== "MISSING" && tier !== "STANDARD" ? "ARCHIVED" : "WOULD_MOVE" };
}

/**
 * Moves every file of one bucket into the other one, each by itself: copied with proof, then its row points to the copy, under the row's
 * lock and only if it is still the same file. Until then it is read from where it was; the old object stays for `deleteOldObjects`. May
 * be called again after a kill, or for what was uploaded since: what has been moved is not looked at twice. What lies in the trash and
 * of exports is copied as well.
 *
 * @param input.to the name of the bucket that they go to
 * @throws AppError INVALID_INPUT, CONFLICT (another move works, or both ends are one bucket); UNAVAILABLE
 */
export async function copyFiles(actor: SystemActor, input: { to: string; dryRun?: boolean }, options: MoveOptions): Promise<MoveResult> {
  const ends = endsOf(input.to);
  const dryRun = input.dryRun ?? false;
  const move = { kind: "PROVIDER" as const, phase: "copy", dryRun, source: ends.source.name, target: ends.target.name };
  return runMove(actor, move, options, async (run) => {
    if (!dryRun) await assertTwoBuckets(ends);
    Object.assign(run.counts, await sumFilesInStore(ends.source.name));
    await run.each(filesInStore(ends.source.name), nameOfFile, async (file) => (dryRun ? foresee(file) : copyFile(run, ends, file)));
    if (dryRun) return;
    for (const prefix of LOOSE) {
      const nameOf = ({ key, bytes }: ListedObject) => ({ fileKey: key, bytes, mediaFileId: null, organizationId: null });
      await run.each(objectsIn(ends.source, prefix), nameOf, (object) => copyLoose(run, ends, object));
    }
  });
}
