import { z } from "zod";
import { idSchema } from "../core/id";
import { pageNumberSchema } from "../core/page";

export const sweepModes = ["REPORT", "DELETE"] as const;
export type SweepMode = (typeof sweepModes)[number];
export type SweepState = "RUNNING" | "DONE" | "STOPPED" | "FAILED";
export type FindingKind =
  | "ORPHAN_OBJECT"
  | "MISSING_OBJECT"
  | "RETURNED_OBJECT"
  | "SIZE_DRIFT"
  | "CHECKSUM_DRIFT"
  | "ETAG_DRIFT"
  | "DEAD_UPLOAD"
  | "EXPIRED_RESERVATION";

/**
 * What was done about a finding, or why nothing. None yet: it waits to be acted on, or the sweep only reports.
 * YOUNG: within the grace. OUTSIDE: under no prefix of ours. REPORTED: a person decides. HELD: too much would go. TRASHED: put aside.
 * GONE: was not there any more. KEPT: a row has it by now, or it was there after all. CHANGED: another object lies there by now.
 * MARKED: the row says MISSING now. HEALED: it says READY again. NOTED: it has the object's entity tag now. UNPROVED: the store keeps no
 * sum that tells, or enough were looked at. ABORTED, EXPIRED: ended. FAILED: the log knows why.
 */
export type Outcome =
  | "YOUNG"
  | "OUTSIDE"
  | "REPORTED"
  | "HELD"
  | "TRASHED"
  | "GONE"
  | "KEPT"
  | "CHANGED"
  | "MARKED"
  | "HEALED"
  | "NOTED"
  | "UNPROVED"
  | "ABORTED"
  | "EXPIRED"
  | "FAILED";

const count = z.number().nonnegative().default(0);

/** Where a sweep stands and what it has counted: kept with its row, so that one that was killed goes on. */
export const sweepProgressSchema = z.object({
  phase: z.enum(["COMPARE", "UPLOADS", "ACT"]).default("COMPARE"),
  /** The bucket or the organization's prefix that a person named to let more than the limit go */
  force: z.string().nullable().default(null),
  /** The organization's prefix that the comparison is in, and what it has seen of it */
  tenant: z.object({ prefix: z.string(), objects: count, due: count }).default({ prefix: "", objects: 0, due: 0 }),
  /** Prefixes of organizations of which too much would go */
  held: z.array(z.string()).default([]),
  /** Objects but those in the trash */
  objects: count,
  /** Bytes of these */
  bytes: count,
  /** Rows of any state */
  rows: count,
  /** Rows whose object must be there */
  live: count,
  /** Of these, the ones whose object is there */
  matched: count,
  missing: count,
  /** Rows whose object must be in another bucket */
  elsewhere: count,
  /** Objects whose sums were asked for, one call each */
  examined: count,
  /** Orphans that are old enough to go */
  due: count,
});
export type SweepProgress = z.infer<typeof sweepProgressSchema>;

/** How many findings of a kind ended in which way. Bytes. */
export type FindingSum = { kind: FindingKind; outcome: string | null; findings: number; bytes: number };

export type SweepView = {
  id: string;
  mode: SweepMode;
  state: SweepState;
  forced: boolean;
  startedBy: string | null;
  startedAt: Date;
  finishedAt: Date | null;
  error: string | null;
  progress: SweepProgress;
  sums: FindingSum[];
};

export type FindingView = {
  id: string;
  kind: FindingKind;
  fileKey: string;
  organizationId: string | null;
  mediaFileId: string | null;
  bytes: number;
  objectModifiedAt: Date | null;
  outcome: string | null;
};

/** `takenBy` is null where the schedule has started the sweep, `sweepId` where it is forgotten. */
export type TrashView = {
  id: string;
  fileKey: string;
  bytes: number;
  trashedAt: Date;
  purgeAfter: Date;
  sweepId: string | null;
  takenBy: string | null;
};

export const startSweepSchema = z.object({
  mode: z.enum(sweepModes),
  force: z
    .string()
    .trim()
    .max(200)
    .optional()
    .transform((name) => name || null),
});

/** Objects of one page of the trash. */
export const restoreTrashSchema = z.object({ trashedObjectIds: z.array(idSchema).min(1).max(25) });
/** Search parameters of the trash: what can't be read looks for nothing. */
export const trashPageSchema = z.object({ page: pageNumberSchema, q: z.string().trim().max(200).catch("") });
export const sweepFindingsSchema = z.object({ id: idSchema });
export const sweepPageSchema = z.object({ page: pageNumberSchema });
