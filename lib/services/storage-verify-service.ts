import "server-only";
import { createHash } from "node:crypto";
import { bareEtag } from "../clients/bucket";
import { findObject, readObject } from "../clients/object-store";
import type { StorePlace } from "../clients/store-place";
import { MINUTE } from "../core/clock";
import { compositeSha256 } from "../core/composite-checksum";
import { lockMovingFile, sumFilesInStore, type MovingFile } from "../data/storage-move";
import { inTransaction } from "../data/transaction";
import type { SystemActor } from "../policies/actor";
import type { MoveOutcome } from "../schemas/storage-move";
import { endsOf, filesInStore } from "./storage-migration-service";
import { nameOfFile, runMove, type MoveOptions, type MoveResult, type MoveRun } from "./storage-move-service";

/** What is read at a time of an object that is hashed whole; bytes. */
const STEP = 16 * 1024 ** 2;
/** One read on a slow line. */
const READ_TIMEOUT = 2 * MINUTE;

type Verdict = { outcome: MoveOutcome; detail?: string };

/** The number of parts behind a composite sum, "" of a whole object's. */
const shapeOf = (sum: string) => /-\d+$/.exec(sum)?.[0] ?? "";

/** Are these sums of the same bytes? Null when sums of such different shapes can't tell. */
export function compareSums(one: string, other: string): boolean | null {
  if (shapeOf(one) === shapeOf(other)) return one === other;
  const [whole, composite] = shapeOf(one) === "" ? [one, other] : [other, one];
  return shapeOf(whole) === "" && shapeOf(composite) === "-1" ? compositeSha256([whole]) === composite : null;
}

/** Reads an object and makes its sum, in the shape that the ledger has of it; null when the parts of that are not known. */
async function hashObject(run: MoveRun, place: StorePlace, { fileKey, bytes, checksum, partSize }: MovingFile): Promise<string | null> {
  const parts = Number(shapeOf(checksum ?? "").slice(1) || 1);
  if (parts > 1 && partSize === null) return null;
  const size = Number(bytes);
  const step = parts > 1 ? (partSize ?? STEP) : STEP;
  const sums: string[] = [];
  const whole = createHash("sha256");
  for (let start = 0; start < size; start += step) {
    const end = Math.min(size, start + step);
    await run.pace(end - start);
    const body = await readObject(fileKey, { start, end }, place, READ_TIMEOUT);
    if (parts > 1) sums.push(createHash("sha256").update(body).digest("base64"));
    else whole.update(body);
  }
  return parts > 1 ? compositeSha256(sums) : whole.digest("base64");
}

async function examine(run: MoveRun, place: StorePlace, file: MovingFile, deep: boolean): Promise<Verdict> {
  const there = await findObject(file.fileKey, place);
  if (!there) return { outcome: "MISSING" };
  if (BigInt(there.bytes) !== file.bytes) return { outcome: "DIFFERS", detail: `${there.bytes} bytes lie there` };
  const read = deep && file.tier === "STANDARD" ? await hashObject(run, place, file) : null;
  for (const sum of [read, there.sha256]) {
    const same = sum !== null && file.checksum !== null ? compareSums(sum, file.checksum) : null;
    if (same !== null) return same ? { outcome: "SAME" } : { outcome: "MISMATCH", detail: `the object has the sum ${sum ?? ""}` };
  }
  // The tag was written down when the object was proved, or by the upload itself.
  if (file.etag === null) return { outcome: "UNPROVEN" };
  if (bareEtag(file.etag) === bareEtag(there.etag)) return { outcome: "SAME" };
  return { outcome: "DIFFERS", detail: `the object has the entity tag ${bareEtag(there.etag)}` };
}

async function verifyFile(run: MoveRun, place: StorePlace, file: MovingFile, deep: boolean): Promise<Verdict> {
  if (file.state === "PENDING") return { outcome: "PENDING" };
  const verdict = await examine(run, place, file, deep);
  if (verdict.outcome === "SAME" || verdict.outcome === "UNPROVEN") return verdict;
  // Under its lock: whoever deletes or replaces it right now is waited for.
  const now = await inTransaction((tx) => lockMovingFile(file, tx));
  const isStill = now?.store === place.name && now.state === file.state && now.etag === file.etag;
  return isStill ? verdict : { outcome: "CHANGED" };
}

async function* withoutLost(files: AsyncGenerator<MovingFile>): AsyncGenerator<MovingFile> {
  for await (const file of files) if (file.state !== "MISSING") yield file;
}

/**
 * Looks at the object of every file that the ledger says lies in this bucket: is it there, with the right size and sum? The sum is the
 * store's own, or the entity tag that was written down with the proof.
 *
 * @param input.deep reads every object and makes its sum anew
 * @throws AppError INVALID_INPUT, CONFLICT while a move works, UNAVAILABLE
 */
export async function verifyFiles(actor: SystemActor, input: { to: string; deep?: boolean }, options: MoveOptions): Promise<MoveResult> {
  const { source, target } = endsOf(input.to);
  const move = { kind: "PROVIDER" as const, phase: "verify", dryRun: false, source: source.name, target: target.name };
  return runMove(actor, move, options, async (run) => {
    Object.assign(run.counts, await sumFilesInStore(target.name));
    await run.each(withoutLost(filesInStore(target.name)), nameOfFile, (file) => verifyFile(run, target, file, input.deep ?? false));
  });
}
