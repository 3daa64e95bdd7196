import { z } from "zod";

const count = z.number().int().nonnegative().default(0);

/** Where a comparison of ledger and replica stands, so that a job can go on where another one stopped. */
export const comparisonSchema = z.object({
  /** The ledger, then what is noted of the replica, then what lies there; last what is too much there, when that is little */
  step: z.enum(["ledger", "notes", "listing", "strange"]).default("ledger"),
  /** The id or key behind which the step goes on */
  after: z.string().default(""),
  /** Objects that were listed, and those of them that nothing explains */
  listed: count,
  strange: count,
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** One object that was given up, or all of them. */
export const retryReplicaSchema = z.object({ fileKey: z.string().min(1).max(1024).optional() });
export type RetryReplicaInput = z.infer<typeof retryReplicaSchema>;

export type ReplicaState = "PENDING" | "COPIED" | "FAILED" | "DOOMED";

/** An object whose last try failed. PENDING and DOOMED ones are tried again by themselves at `nextTryAt`. Bytes. */
export type ReplicaProblem = {
  fileKey: string;
  state: ReplicaState;
  bytes: number;
  attempts: number;
  error: string;
  nextTryAt: Date;
};

/** Objects in one state. Bytes. */
export type ReplicaTally = { objects: number; bytes: number };

export type ReplicaView = {
  main: { name: string; bucket: string; up: boolean; checkedAt: Date | null };
  replica: { name: string; bucket: string; showsPictures: boolean };
  copied: ReplicaTally;
  waiting: ReplicaTally;
  deleting: ReplicaTally;
  failed: ReplicaTally;
  /** How long the oldest object has waited to be copied, in seconds; null when none waits */
  lagSeconds: number | null;
  /** More than an hour behind, or something was given up */
  late: boolean;
  problems: ReplicaProblem[];
  /** When the last object was copied, by a scheduled run or by a job */
  lastCopyAt: Date | null;
  /** The scheduler's last one */
  lastDrain: { startedAt: Date; finishedAt: Date | null; error: string | null; counts: Record<string, number> } | null;
};
