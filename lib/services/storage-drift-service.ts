import "server-only";
import pLimit from "p-limit";
import { bareEtag } from "../clients/bucket";
import { findObject } from "../clients/object-store";
import type { LedgerEntry } from "../data/storage-sweep";
import type { FindingKind, Outcome, SweepProgress } from "../schemas/storage-sweep";
import type { Pair } from "./storage-compare-service";

/**
 * Sums that one sweep asks for at most, a call each. A bucket whose objects were all copied has another entity tag for each, and a sweep
 * must not become a million calls: the rest is proved by the sweeps after it, since what was proved is noted. Eight at a time, and each
 * within 8 seconds, they also end before the sweep counts as dead.
 */
const AT_MOST = 200;
const PARALLEL = 8;

/** What the object is to the file, as far as one can tell without reading it. */
type Likeness = "SAME" | "SAME_BUT_ETAG" | "OTHER" | "UNPROVED";

/** Sums of whole objects and sums of parts' sums ("-3" behind them) say nothing about each other. */
function isComparable(one: string, other: string): boolean {
  return one.split("-")[1] === other.split("-")[1];
}

/** Does the entity tag alone leave it open whether this is the file's content? */
function isOpen(object: NonNullable<Pair["object"]>, row: LedgerEntry): boolean {
  if (BigInt(object.bytes) !== row.bytes) return false;
  return row.etag === null ? row.checksum !== null : bareEtag(row.etag) !== object.etag;
}

/** Asks the store for the object's sum. @throws AppError UNAVAILABLE */
async function examine({ fileKey, checksum }: LedgerEntry): Promise<Likeness> {
  const sum = (await findObject(fileKey))?.sha256;
  if (!sum || !checksum || !isComparable(sum, checksum)) return "UNPROVED";
  return sum === checksum ? "SAME_BUT_ETAG" : "OTHER";
}

/** The pairs of these whose size agrees and whose entity tag does not, or is not known, with what the objects are. */
export type Likenesses = ReadonlyMap<string, Likeness>;

/**
 * Looks at the objects whose entity tags do not tell. Counts the calls in `progress`.
 *
 * @throws AppError UNAVAILABLE
 */
export async function compareContents(pairs: readonly Pair[], progress: SweepProgress): Promise<Likenesses> {
  const open = pairs.flatMap(({ object, row }) => (object && row && isOpen(object, row) ? [row] : []));
  const provable = open.filter(({ checksum }) => checksum !== null).slice(0, AT_MOST - progress.examined);
  progress.examined += provable.length;
  const limit = pLimit(PARALLEL);
  const proved = await Promise.all(provable.map((row) => limit(async () => [row.fileKey, await examine(row)] as const)));
  return new Map([...open.map(({ fileKey }) => [fileKey, "UNPROVED"] as const), ...proved]);
}

type Verdict = { kind: FindingKind; outcome: Outcome | null };

/**
 * What there is to say about a file whose object is there; nothing, when all agrees. A file that was missing has its object again only
 * when nothing speaks against it. Where the file's own entity tag is not known, and no sum tells, nothing does.
 */
export function judgeContent(object: NonNullable<Pair["object"]>, row: LedgerEntry, likenesses: Likenesses): Verdict | null {
  if (BigInt(object.bytes) !== row.bytes) return { kind: "SIZE_DRIFT", outcome: "REPORTED" };
  const likeness = likenesses.get(row.fileKey) ?? "SAME";
  if (likeness === "OTHER") return { kind: "CHECKSUM_DRIFT", outcome: "REPORTED" };
  if (likeness === "UNPROVED" && row.etag !== null) return { kind: "CHECKSUM_DRIFT", outcome: "UNPROVED" };
  if (row.state === "MISSING") return { kind: "RETURNED_OBJECT", outcome: null };
  return likeness === "SAME_BUT_ETAG" ? { kind: "ETAG_DRIFT", outcome: null } : null;
}
