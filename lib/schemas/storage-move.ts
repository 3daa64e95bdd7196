import { z } from "zod";

export const migrationPhases = ["copy", "verify", "delete"] as const;
export type MigrationPhase = (typeof migrationPhases)[number];
/** PROVIDER: into another provider's bucket. PREFIX: to other keys in the same bucket. */
export type MoveKind = "PROVIDER" | "PREFIX";
export type MoveState = "QUEUED" | "RUNNING" | "DONE" | "FAILED" | "EXPIRED";

/**
 * What became of a file or object, or why it was left where it was.
 *
 * Copied: MOVED; WOULD_MOVE in a dry run; REPOINTED: its object was lost long ago, the row alone went along; COPIED: of the trash or an
 * export. Left: PENDING: its upload is under way; ARCHIVED: in cold storage, or on its way there or back; CHANGED: replaced or deleted
 * meanwhile; TAKEN: something else has the new key; SPLIT: a picture's sizes lie elsewhere than the picture.
 * Checked: SAME; UNPROVEN: the store tells no sum, and the size alone is right.
 * Deleted: DELETED; WOULD_DELETE in a dry run; WAITING: may still be read through an address that was handed out; UNKNOWN: no row tells
 * that it may go. Wrong: MISMATCH: another sum than the ledger's; DIFFERS: another size or entity tag; MISSING: no object; FAILED: the
 * store did not do it.
 */
export const moveOutcomes = [
  "MOVED",
  "WOULD_MOVE",
  "REPOINTED",
  "COPIED",
  "PENDING",
  "ARCHIVED",
  "CHANGED",
  "TAKEN",
  "SPLIT",
  "SAME",
  "UNPROVEN",
  "DELETED",
  "WOULD_DELETE",
  "WAITING",
  "UNKNOWN",
  "MISMATCH",
  "DIFFERS",
  "MISSING",
  "FAILED",
] as const;
export type MoveOutcome = (typeof moveOutcomes)[number];

const wrong = new Set<string>(["MISMATCH", "DIFFERS", "MISSING", "FAILED", "TAKEN", "SPLIT"] satisfies MoveOutcome[]);

const count = z.number().nonnegative().default(0);

/** How far a move has come. Bytes. */
export const moveCountsSchema = z.object({
  /** Of all that it looks at, as the ledger knew it when it began */
  files: count,
  bytes: count,
  /** Looked at by now */
  done: count,
  doneBytes: count,
  /** Read from a store by now */
  readBytes: count,
  outcomes: z.partialRecord(z.enum(moveOutcomes), z.number().nonnegative()).default({}),
});
export type MoveCounts = z.infer<typeof moveCountsSchema>;

/** What a person has to look at: sums that differ, objects that are not there, keys that are taken. */
export function countProblems({ outcomes }: MoveCounts): number {
  return Object.entries(outcomes).reduce((sum, [outcome, files]) => sum + (wrong.has(outcome) ? files : 0), 0);
}

/** One line of a move's report. */
export type MoveLine = {
  outcome: MoveOutcome;
  fileKey: string;
  bytes: number;
  mediaFileId: string | null;
  organizationId: string | null;
  detail: string | null;
};

export type MoveView = {
  id: string;
  kind: MoveKind;
  phase: string;
  dryRun: boolean;
  source: string;
  target: string;
  state: MoveState;
  counts: MoveCounts;
  problems: number;
  error: string | null;
  /** It says that it runs, and has given no sign of life for minutes */
  silent: boolean;
  startedAt: Date;
  finishedAt: Date | null;
};

/** A bucket with what the ledger says lies there. `host` and `bucket` are null of one that no setting names (any more). */
export type StoreView = { name: string; role: string | null; host: string | null; bucket: string | null; files: number; bytes: number };

const prefix = z
  .string()
  .max(200)
  .regex(/^\w[\w.-]*(\/\w[\w.-]*)*\/$/, "A prefix is names with a slash behind each, such as organizations/acme/.")
  .refine((name) => !/^(trash|exports)\//.test(name), "trash/ and exports/ are not moved: they empty themselves.");

/** A move of everything under one prefix to another one. */
export const prefixMoveSchema = z
  .object({ from: prefix, to: prefix })
  .refine(({ from, to }) => !from.startsWith(to) && !to.startsWith(from), "One of the prefixes lies in the other one.");
export type PrefixMove = z.infer<typeof prefixMoveSchema>;
