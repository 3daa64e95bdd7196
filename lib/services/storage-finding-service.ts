import "server-only";
import { mainPlace } from "../clients/store-place";
import { findPrefixOwners, type LedgerEntry } from "../data/storage-sweep";
import type { NewFinding } from "../data/storage-finding";
import { findLiveArchives } from "../data/storage-transfer";
import { findTrashKeys } from "../data/trashed-object";
import type { FindingKind, Outcome, SweepProgress } from "../schemas/storage-sweep";
import type { Pair, Slice } from "./storage-compare-service";
import { compareContents, judgeContent, type Likenesses } from "./storage-drift-service";

/** Where orphans are put aside. */
export const TRASH = "trash/";

/** Where the archives of exports lie. */
export const EXPORTS = "exports/";

/** The part of a key that names an organization, or null when it names none. */
function tenantPrefix(key: string): string | null {
  return /^organizations\/[^/]+\//.exec(key)?.[0] ?? null;
}

/** `force` names an organization by its prefix, or by that prefix's own name alone. */
function namesTenant(force: string | null, prefix: string): boolean {
  return force !== null && (force === prefix || `organizations/${force}/` === prefix);
}

export type Rules = {
  /** Younger objects are left alone; by the store's clock */
  cutoff: Date;
  /** By the clock of the leases */
  now: Date;
  /** More than these of a hundred objects do not go */
  maxPercent: number;
  /** A person named the bucket: what lies under no prefix of ours goes as well */
  takesOutside: boolean;
};

/** More than the allowed part? None of none is not. */
export function isOver(part: number, whole: number, percent: number): boolean {
  return part * 100 > whole * percent;
}

/** Closes the count of the organization that the comparison has left behind. */
export function closeTenant(progress: SweepProgress, { maxPercent }: Pick<Rules, "maxPercent">): void {
  const { prefix, objects, due } = progress.tenant;
  if (prefix && isOver(due, objects, maxPercent) && !namesTenant(progress.force, prefix)) progress.held.push(prefix);
}

function finding(kind: FindingKind, { key, object, row }: Pair, outcome: Outcome | null): NewFinding {
  return {
    kind,
    fileKey: key,
    organizationId: row?.organizationId ?? null,
    mediaFileId: row?.id ?? null,
    multipartId: null,
    bytes: object ? BigInt(object.bytes) : (row?.bytes ?? 0n),
    objectModifiedAt: object?.modifiedAt ?? null,
    outcome,
  };
}

function judgeOrphan(pair: Pair, progress: SweepProgress, rules: Rules): NewFinding {
  const tenant = tenantPrefix(pair.key);
  if (!tenant && !pair.key.startsWith(EXPORTS) && !rules.takesOutside) return finding("ORPHAN_OBJECT", pair, "OUTSIDE");
  if (!pair.object || pair.object.modifiedAt > rules.cutoff) return finding("ORPHAN_OBJECT", pair, "YOUNG");
  progress.due += 1;
  if (tenant) progress.tenant.due += 1;
  return finding("ORPHAN_OBJECT", pair, null);
}

/**
 * A row whose object must be there, or was found missing before; unless it lies in another bucket: what is here of that one is a copy
 * that a move has left.
 */
function judgeFile(pair: Pair, row: LedgerEntry, progress: SweepProgress, likenesses: Likenesses): NewFinding[] {
  const expected = row.state !== "MISSING";
  if (row.store !== mainPlace.name) {
    if (expected) progress.elsewhere += 1;
    return [];
  }
  if (expected) progress.live += 1;
  if (!pair.object) {
    if (!expected) return [];
    progress.missing += 1;
    return [finding("MISSING_OBJECT", pair, null)];
  }
  if (expected) progress.matched += 1;
  const verdict = judgeContent(pair.object, row, likenesses);
  return verdict ? [finding(verdict.kind, pair, verdict.outcome)] : [];
}

function judgePair(pair: Pair, progress: SweepProgress, rules: Rules, likenesses: Likenesses): NewFinding[] {
  const { object, row } = pair;
  if (object) {
    const prefix = tenantPrefix(pair.key) ?? "";
    if (prefix !== progress.tenant.prefix) {
      closeTenant(progress, rules);
      progress.tenant = { prefix, objects: 0, due: 0 };
    }
    progress.tenant.objects += 1;
    progress.objects += 1;
    progress.bytes += object.bytes;
  }
  if (row) progress.rows += 1;
  switch (row?.state) {
    case undefined:
    case "PURGED":
      return object ? [judgeOrphan(pair, progress, rules)] : [];
    case "READY":
    case "RELEASED":
    case "MISSING":
      return judgeFile(pair, row, progress, likenesses);
    case "PENDING":
      return row.reservedUntil && row.reservedUntil < rules.now ? [finding("EXPIRED_RESERVATION", pair, null)] : [];
  }
}

/**
 * What bucket and ledger do not agree on in one slice, and the counts after it. A row of any state but PURGED owns its object; objects
 * in the trash are known by rows of their own, and so are the archives of exports.
 */
export async function judgeSlice(
  { pairs }: Slice,
  before: SweepProgress,
  rules: Rules,
): Promise<{ findings: NewFinding[]; progress: SweepProgress }> {
  const progress = structuredClone(before);
  const inTrash = pairs.filter(({ key, row }) => !row && key.startsWith(TRASH));
  const known = await findTrashKeys(inTrash.map(({ key }) => key));
  const archives = await findLiveArchives(pairs.flatMap(({ key, row }) => (!row && key.startsWith(EXPORTS) ? [key] : [])));
  const files = pairs.filter(({ row }) => row && row.state !== "PENDING" && row.state !== "PURGED" && row.store === mainPlace.name);
  const likenesses = await compareContents(files, progress);
  const findings = pairs.flatMap((pair) => {
    if (archives.has(pair.key)) return [];
    if (pair.row || !pair.key.startsWith(TRASH)) return judgePair(pair, progress, rules, likenesses);
    return known.has(pair.key) ? [] : [finding("ORPHAN_OBJECT", pair, "OUTSIDE")];
  });
  const prefixes = new Set(findings.flatMap(({ organizationId, fileKey }) => (organizationId ? [] : (tenantPrefix(fileKey) ?? []))));
  const owners = prefixes.size > 0 ? await findPrefixOwners([...prefixes]) : new Map<string, string>();
  for (const each of findings) each.organizationId ??= owners.get(tenantPrefix(each.fileKey) ?? "") ?? null;
  return { findings, progress };
}
