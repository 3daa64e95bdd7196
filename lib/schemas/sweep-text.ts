import type { FindingKind, FindingSum } from "./storage-sweep";

/** What was found, for people: the beginning of a label. */
export const findingNames: Record<FindingKind, string> = {
  ORPHAN_OBJECT: "Object without a file",
  MISSING_OBJECT: "File without its object",
  RETURNED_OBJECT: "Missing file whose object is back",
  SIZE_DRIFT: "Other size than noted",
  CHECKSUM_DRIFT: "Other content than noted",
  ETAG_DRIFT: "Same content under another entity tag",
  DEAD_UPLOAD: "Dead multipart upload",
  EXPIRED_RESERVATION: "Upload that ran out",
};

const outcomeNames: Record<string, string> = {
  YOUNG: "too young to go",
  OUTSIDE: "outside of our prefixes, left",
  REPORTED: "to be looked at",
  HELD: "held back, too much would go",
  TRASHED: "moved to the trash",
  GONE: "gone by itself",
  KEPT: "needed by now, kept",
  CHANGED: "changed meanwhile, left",
  MARKED: "marked as missing",
  HEALED: "the file is there again",
  NOTED: "noted",
  UNPROVED: "can't be told without reading it",
  ABORTED: "aborted",
  EXPIRED: "ended",
  FAILED: "failed, see the log",
};

/** What became of a finding, in a few words. */
export function outcomeText(outcome: string | null): string {
  return outcome === null ? "found" : (outcomeNames[outcome] ?? outcome.toLowerCase());
}

/** The sums of a sweep with a label each: "Object without a file, moved to the trash". */
export function sweepSums(sums: readonly FindingSum[]): { label: string; findings: number; bytes: number }[] {
  return sums.map(({ kind, outcome, findings, bytes }) => ({ label: `${findingNames[kind]}, ${outcomeText(outcome)}`, findings, bytes }));
}
