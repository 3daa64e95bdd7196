import "server-only";
import { bareEtag, headObject } from "../clients/bucket";
import { copyObject } from "../clients/bucket-copy";
import { deleteObject } from "../clients/object-store";
import { placeNamed, type StorePlace } from "../clients/store-place";
import { AppError } from "../core/app-error";
import { fromNow, MINUTE } from "../core/clock";
import {
  findKeys,
  findOwnersOf,
  findPrefixOwner,
  isKeyTaken,
  listFilesUnder,
  listSizesOf,
  lockMovingFile,
  setPlace,
  setStoragePrefix,
  sumFilesUnder,
  type MovingFile,
} from "../data/storage-move";
import { inTransaction } from "../data/transaction";
import { isUniqueViolation } from "../data/unique-violation";
import { enqueue } from "../jobs/enqueue";
import type { SystemActor } from "../policies/actor";
import type { MoveOutcome, PrefixMove } from "../schemas/storage-move";
import { recordAudit } from "./audit-service";
import { deleteLeftovers, KEPT } from "./storage-leftover-service";
import { nameOfFile, runMove, type MoveOptions, type MoveResult, type MoveRun } from "./storage-move-service";

/** Rows that are read at a time. */
const PAGE = 500;

type Verdict = { outcome: MoveOutcome; detail?: string };
/** A file with the sizes that were made of it: they move together, so that their keys go on matching. */
type Family = { root: MovingFile; sizes: MovingFile[] };
/** Who else's files may not come under the new prefix */
type Move = PrefixMove & { owners: string[] };

const newKeyOf = ({ from, to }: PrefixMove, key: string) => to + key.slice(from.length);

/** A member's copy; null of one whose object is known to be lost. */
type Copied = { file: MovingFile; newKey: string; etag: string | null };

/** Stops a family with the reason. */
class LeftAlone extends Error {
  override readonly name = "LeftAlone";
  readonly verdict: Verdict;

  constructor(outcome: MoveOutcome, detail: string) {
    super(detail);
    this.verdict = { outcome, detail };
  }
}

/** Every file under the prefix, a page of rows at a time; sizes of pictures that lie elsewhere stand for themselves. */
async function* filesUnder(prefix: string): AsyncGenerator<MovingFile> {
  for (let after = ""; ;) {
    const files = await listFilesUnder(prefix, after, PAGE);
    const keys = await findKeys(files.flatMap(({ parentId }) => parentId ?? []));
    for (const file of files) if (!file.parentId || !keys.get(file.parentId)?.startsWith(prefix)) yield file;
    after = files.at(-1)?.fileKey ?? "";
    if (files.length < PAGE) return;
  }
}

/** @throws LeftAlone when this family can't be moved as it is */
function assertMovable({ root, sizes }: Family, { from, owners }: Move): void {
  const members = [root, ...sizes];
  if (root.parentId || members.some(({ fileKey }) => !fileKey.startsWith(from))) {
    throw new LeftAlone("SPLIT", "a picture and its sizes lie under different prefixes");
  }
  if (members.some(({ state }) => state === "PENDING")) throw new LeftAlone("PENDING", "its upload is under way");
  // Archiving copies by the key that a file had when it began.
  if (members.some(({ tier }) => tier !== "STANDARD")) throw new LeftAlone("ARCHIVED", "it is archived, or on its way there or back");
  if (owners.some((id) => id !== root.organizationId)) throw new LeftAlone("TAKEN", "the new prefix belongs to another organization");
}

/** The copy that an earlier try left under the new key, or null when nothing lies there. @throws LeftAlone when something else does */
async function findCopy(place: StorePlace, newKey: string, original: { bytes: number; etag: string }): Promise<string | null> {
  if (await isKeyTaken(newKey)) throw new LeftAlone("TAKEN", `a file has the key ${newKey}`);
  const there = await headObject(newKey, place);
  if (there && there.bytes !== original.bytes) throw new LeftAlone("TAKEN", `another object has the key ${newKey}`);
  return there?.etag === original.etag ? there.etag : null;
}

/** @throws LeftAlone; AppError UNAVAILABLE */
async function copyMember(run: MoveRun, file: MovingFile, newKey: string): Promise<Copied> {
  const place = placeNamed(file.store);
  const object = await headObject(file.fileKey, place);
  if (file.state === "MISSING" && !object) return { file, newKey, etag: null };
  if (!object) throw new LeftAlone("MISSING", `${file.fileKey} has no object`);
  if (BigInt(object.bytes) !== file.bytes || (file.etag !== null && bareEtag(file.etag) !== object.etag)) {
    throw new LeftAlone("DIFFERS", `${object.bytes} bytes with the entity tag ${object.etag} lie under ${file.fileKey}`);
  }
  const before = await findCopy(place, newKey, object);
  if (before) return { file, newKey, etag: before };
  await run.pace(object.bytes);
  const etag = await copyObject(object, newKey, {}, place);
  if (etag === null) throw new LeftAlone("CHANGED", `${file.fileKey} was exchanged while it was copied`);
  const made = await headObject(newKey, place);
  // A store that puts a large object together anew gives it another tag: then the size and its own copying have to do.
  const isPlain = !object.etag.includes("-") && !etag.includes("-");
  if (made?.bytes !== object.bytes || made.etag !== etag || (isPlain && etag !== object.etag)) {
    throw new LeftAlone("MISMATCH", `the copy under ${newKey} is not the original`);
  }
  return { file, newKey, etag };
}

function isSame(before: MovingFile, now: MovingFile | undefined | null): boolean {
  if (!now || (now.state !== before.state && (now.state === "MISSING" || before.state === "MISSING"))) return false;
  if (now.state === "PURGED" || now.state === "PENDING") return false;
  return now.etag === before.etag && now.store === before.store && now.fileKey === before.fileKey && now.tier === before.tier;
}

/** Points all rows of a family to their copies, or takes the copies away when it is another family by now. */
function switchOver(run: MoveRun, { root, sizes }: Family, copies: readonly Copied[]): Promise<Verdict> {
  return inTransaction(async (tx) => {
    await run.hold(tx);
    const now = await lockMovingFile(root, tx);
    const sizesNow = now ? await listSizesOf(root.id, tx) : [];
    const same = isSame(root, now) && sizesNow.length === sizes.length && sizes.every((size, index) => isSame(size, sizesNow[index]));
    if (!same) {
      for (const { file, newKey } of copies) await deleteObject(newKey, placeNamed(file.store));
      return { outcome: "CHANGED" };
    }
    for (const { file, newKey, etag } of copies) await setPlace(file, { fileKey: newKey, ...(etag && { etag: `"${etag}"` }) }, tx);
    return { outcome: "MOVED" };
  });
}

async function moveFile(run: MoveRun, move: Move, root: MovingFile, dryRun: boolean): Promise<Verdict> {
  try {
    const family = { root, sizes: await listSizesOf(root.id) };
    assertMovable(family, move);
    if (dryRun) {
      const taken = await isKeyTaken(newKeyOf(move, root.fileKey));
      return { outcome: taken ? "TAKEN" : "WOULD_MOVE" };
    }
    const copies: Copied[] = [];
    for (const file of [root, ...family.sizes]) copies.push(await copyMember(run, file, newKeyOf(move, file.fileKey)));
    return await switchOver(run, family, copies);
  } catch (error) {
    if (error instanceof LeftAlone) return error.verdict;
    if (isUniqueViolation(error)) return { outcome: "TAKEN", detail: "a file has the new key" };
    throw error;
  }
}

/** Every prefix that could be an organization's own and that this one lies in. */
const prefixesAround = (prefix: string) => [...prefix.matchAll(/\//g)].map(({ index }) => prefix.slice(0, index + 1));

/** New uploads go under the new prefix from now on, where the old one is an organization's own. @throws AppError CONFLICT */
function adoptPrefix(actor: SystemActor, { from, to }: PrefixMove): Promise<void> {
  return inTransaction(async (tx) => {
    const owner = await findPrefixOwner(from, tx);
    if (!owner) return;
    if (await findPrefixOwner(to, tx)) throw new AppError("CONFLICT", `${to} belongs to another organization. Nothing was moved.`);
    await setStoragePrefix({ organizationId: owner.id }, to, tx);
    const change = { before: { storagePrefix: from }, after: { storagePrefix: to } };
    await recordAudit(tx, actor, { action: "organization.prefix-moved", subjectId: owner.id, organizationId: owner.id, ...change });
  });
}

/**
 * Gives every file under one prefix a key under another one, within its bucket. First the organization's own prefix changes, so that
 * nothing new comes under the old one; then each file with its sizes: copied, looked at, and all its rows in one transaction. The old
 * objects stay for as long as an address may live that was signed before; a job deletes them then, or the next run. May be called again
 * after a kill, and for uploads that were under way.
 *
 * @throws AppError CONFLICT while another move works, or when the new prefix belongs to another organization; UNAVAILABLE
 */
export async function movePrefix(
  actor: SystemActor,
  { dryRun = false, ...input }: PrefixMove & { dryRun?: boolean },
  options: MoveOptions,
): Promise<MoveResult> {
  const row = { kind: "PREFIX" as const, phase: "copy", dryRun, source: input.from, target: input.to };
  return runMove(actor, row, options, async (run) => {
    if (!dryRun) await adoptPrefix(actor, input);
    const move = { ...input, owners: await findOwnersOf(prefixesAround(input.to)) };
    Object.assign(run.counts, await sumFilesUnder(input.from));
    await run.each(filesUnder(input.from), nameOfFile, (file) => moveFile(run, move, file, dryRun));
    if (dryRun) return;
    const waiting = await deleteLeftovers(run, input);
    if (waiting > 0) await inTransaction((tx) => enqueue(tx, "storage-leftovers", input, fromNow(KEPT + 5 * MINUTE)));
  });
}
