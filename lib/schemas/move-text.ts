import type { MoveOutcome, MoveView } from "./storage-move";

const outcomeNames: Record<MoveOutcome, string> = {
  MOVED: "Moved",
  WOULD_MOVE: "Would move",
  REPOINTED: "Lost before, row taken along",
  COPIED: "Copied, of trash and exports",
  PENDING: "Still uploading, left",
  ARCHIVED: "Archived, left",
  CHANGED: "Changed meanwhile, left",
  TAKEN: "New key is taken, left",
  SPLIT: "Sizes lie elsewhere, left",
  SAME: "The same",
  UNPROVEN: "Right in size, no sum to compare",
  DELETED: "Old objects deleted",
  WOULD_DELETE: "Old objects would go",
  WAITING: "Old objects kept for addresses in use",
  UNKNOWN: "Objects of no file, left",
  MISMATCH: "Another sum, left",
  DIFFERS: "Another size or tag, left",
  MISSING: "Without an object",
  FAILED: "Failed, see the log",
};

const isOutcome = (name: string): name is MoveOutcome => name in outcomeNames;

/** What became of the files of a move, a line for each way: "Moved: 12". */
export function moveSums({ counts }: Pick<MoveView, "counts">): { label: string; files: number }[] {
  return Object.entries(counts.outcomes).flatMap(([name, files]) => (isOutcome(name) ? [{ label: outcomeNames[name], files }] : []));
}

const phases: Record<string, string> = { copy: "Copy", verify: "Check", delete: "Delete old objects" };

/** What a move does, in a few words. */
export function moveTitle({ kind, phase, dryRun }: Pick<MoveView, "kind" | "phase" | "dryRun">): string {
  const what = kind === "PREFIX" && phase === "copy" ? "New keys" : (phases[phase] ?? phase);
  return dryRun ? `${what}, dry run` : what;
}
