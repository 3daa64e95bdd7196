import "server-only";
import { bucketName } from "../clients/bucket";
import { AppError, notFoundError } from "../core/app-error";
import { csvLine } from "../core/csv";
import type { Page } from "../core/page";
import { listFindingsBehind, pageFindings, type FindingRow } from "../data/storage-finding";
import { findSweep, listSweeps as findSweeps, sumFindings, type SweepRow } from "../data/storage-sweep";
import type { PlatformActor, SystemActor } from "../policies/actor";
import { sweepProgressSchema, type FindingView, type SweepView } from "../schemas/storage-sweep";
import { cleanupStorage } from "./storage-cleanup-service";
import { sweepStorage } from "./storage-orphan-service";

const PAGE_SIZE = 50;
/** Findings that a download reads at a time. */
const CHUNK = 1000;
/** Sweeps that a list shows. */
const SHOWN = 20;

async function toView(row: SweepRow): Promise<SweepView> {
  const { startedBy, counts, ...rest } = row;
  return {
    id: rest.id,
    mode: rest.mode,
    state: rest.state,
    forced: rest.forced,
    startedAt: rest.startedAt,
    finishedAt: rest.finishedAt,
    error: rest.error,
    startedBy: startedBy ? startedBy.name || startedBy.email : null,
    progress: sweepProgressSchema.parse(counts),
    sums: await sumFindings(rest.id),
  };
}

/** The name that a person types to let more than the limit of the bucket go. */
export function getBucketName(_actor: PlatformActor): string {
  return bucketName;
}

/** The latest 20 sweeps, newest first. */
export async function listSweeps(_actor: PlatformActor): Promise<SweepView[]> {
  return Promise.all((await findSweeps(SHOWN)).map(toView));
}

/** @throws AppError NOT_FOUND */
export async function getSweep(_actor: PlatformActor | SystemActor, id: string): Promise<SweepView> {
  const row = await findSweep(id);
  if (!row) throw notFoundError("This sweep");
  return toView(row);
}

/** A page of 50 findings by key. Unknown sweeps have none. */
export async function listFindings(_actor: PlatformActor, input: { sweepId: string; page: number }): Promise<Page<FindingView>> {
  const { rows, total } = await pageFindings(input.sweepId, { skip: (input.page - 1) * PAGE_SIZE, take: PAGE_SIZE });
  const items = rows.map(({ bytes, multipartId: _multipartId, ...row }) => ({ ...row, bytes: Number(bytes) }));
  return { items, total, page: input.page, pageSize: PAGE_SIZE };
}

const columns = ["kind", "key", "bytes", "modified", "outcome", "organization", "file", "upload"] as const;

function toLine(row: FindingRow): string {
  const modified = row.objectModifiedAt?.toISOString() ?? null;
  return csvLine([row.kind, row.fileKey, String(row.bytes), modified, row.outcome, row.organizationId, row.mediaFileId, row.multipartId]);
}

/** A sweep's findings as CSV, a thousand lines at a time, however many there are. @throws AppError NOT_FOUND before the first line */
export async function* exportFindings(actor: PlatformActor | SystemActor, sweepId: string): AsyncGenerator<string> {
  await getSweep(actor, sweepId);
  yield csvLine(columns);
  let last: FindingRow | null = null;
  for (let more = true; more;) {
    const rows: FindingRow[] = await listFindingsBehind(sweepId, last, CHUNK);
    if (rows.length > 0) yield rows.map(toLine).join("");
    last = rows.at(-1) ?? last;
    more = rows.length === CHUNK;
  }
}

/** Findings of a sweep that ended in this way, whatever their kind. */
function countOf({ sums }: SweepView, outcome: string): number {
  return sums.reduce((sum, each) => sum + (each.outcome === outcome ? each.findings : 0), 0);
}

/** The figures of a sweep, by name: for the row of a scheduled run, a mail and a command line. */
export function sweepFigures(sweep: SweepView): Record<string, number> {
  const found = (kind: string) => sweep.sums.reduce((sum, each) => sum + (each.kind === kind ? each.findings : 0), 0);
  return {
    objects: sweep.progress.objects,
    orphans: found("ORPHAN_OBJECT"),
    missing: found("MISSING_OBJECT"),
    returned: found("RETURNED_OBJECT"),
    drifted: found("SIZE_DRIFT") + found("CHECKSUM_DRIFT"),
    deadUploads: found("DEAD_UPLOAD"),
    trashed: countOf(sweep, "TRASHED"),
    aborted: countOf(sweep, "ABORTED"),
    repaired: countOf(sweep, "HEALED") + countOf(sweep, "NOTED"),
    held: countOf(sweep, "HELD"),
  };
}

/**
 * The scheduled clean-up: what a crash or a person left, then a sweep that deletes. It pauses at `until`; jobs do the rest. While another
 * sweep is under way it leaves that one alone.
 *
 * @throws AppError UNAVAILABLE when the sweep failed; the clean-up before it is done then
 */
export async function cleanupAndSweep(actor: SystemActor, until: Date): Promise<Record<string, number>> {
  const { failed = 0, ...cleaned } = await cleanupStorage(actor);
  try {
    const { id } = await sweepStorage(actor, { mode: "DELETE", force: null, until });
    const sweep = await getSweep(actor, id);
    return { ...cleaned, ...sweepFigures(sweep), failed: failed + countOf(sweep, "FAILED") };
  } catch (error) {
    if (error instanceof AppError && error.code === "CONFLICT") return { ...cleaned, failed, busy: 1 };
    throw error;
  }
}
