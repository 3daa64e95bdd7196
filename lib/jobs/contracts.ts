import { z } from "zod";
import { idSchema } from "../core/id";
import { prefixMoveSchema } from "../schemas/storage-move";
import { comparisonSchema } from "../schemas/storage-replica";

type Contract = {
  payload: z.ZodType<object>;
  /** Tries after the first one; the delay in seconds doubles with each. */
  retryLimit: number;
  retryDelay: number;
  /** Seconds a try may take before it counts as lost */
  expireInSeconds: number;
};

/** Every job's name, payload and patience. Handlers live apart, so that enqueuing imports no work. */
export const jobContracts = {
  "send-invitation": {
    payload: z.object({ invitationId: idSchema }),
    retryLimit: 8,
    retryDelay: 20,
    expireInSeconds: 60,
  },
  "upload-expire": {
    payload: z.object({ organizationId: idSchema, mediaFileId: idSchema }),
    retryLimit: 10,
    retryDelay: 30,
    expireInSeconds: 120,
  },
  "send-sweep-report": {
    payload: z.object({ sweepId: idSchema, userId: idSchema }),
    retryLimit: 8,
    retryDelay: 20,
    expireInSeconds: 60,
  },
  // A try that was killed is expired here after the sweep's own sign of life is: the next one may then take it over.
  "storage-sweep": {
    payload: z.object({ sweepId: idSchema }),
    retryLimit: 10,
    retryDelay: 30,
    expireInSeconds: 420,
  },
  "send-storage-warning": {
    payload: z.object({ organizationId: idSchema, userId: idSchema, percent: z.number().int().min(1).max(100) }),
    retryLimit: 8,
    retryDelay: 20,
    expireInSeconds: 60,
  },
  "compare-replica": {
    payload: comparisonSchema,
    retryLimit: 5,
    retryDelay: 60,
    expireInSeconds: 300,
  },
  "replicate-storage": {
    payload: z.object({}),
    retryLimit: 2,
    retryDelay: 60,
    expireInSeconds: 300,
  },
  // The old objects of a move to another prefix; waits for a move that is under way.
  "storage-leftovers": {
    payload: prefixMoveSchema,
    retryLimit: 12,
    retryDelay: 150,
    expireInSeconds: 420,
  },
  "deleted-content-purge": {
    payload: z.object({ organizationId: idSchema, deletedItemId: idSchema }),
    retryLimit: 10,
    retryDelay: 30,
    expireInSeconds: 120,
  },
  // A copy stops after two minutes and goes on in another job; the class of a large object takes the store longer.
  "storage-tier": {
    payload: z.object({ organizationId: idSchema, mediaFileId: idSchema }),
    retryLimit: 10,
    retryDelay: 30,
    expireInSeconds: 420,
  },
  // Like a sweep: expired after the transfer's own sign of life is.
  "storage-export": {
    payload: z.object({ exportId: idSchema }),
    retryLimit: 10,
    retryDelay: 30,
    expireInSeconds: 420,
  },
  "storage-import": {
    payload: z.object({ importId: idSchema }),
    retryLimit: 10,
    retryDelay: 30,
    expireInSeconds: 420,
  },
  "storage-export-expire": {
    payload: z.object({ exportId: idSchema }),
    retryLimit: 10,
    retryDelay: 30,
    expireInSeconds: 300,
  },
  "send-export-ready": {
    payload: z.object({ exportId: idSchema, userId: idSchema }),
    retryLimit: 8,
    retryDelay: 20,
    expireInSeconds: 60,
  },
  "storage-purge": {
    payload: z.object({ organizationId: idSchema, mediaFileId: idSchema }),
    retryLimit: 10,
    retryDelay: 30,
    expireInSeconds: 300,
  },
} as const satisfies Record<string, Contract>;

export type JobName = keyof typeof jobContracts;
export type JobPayload<N extends JobName> = z.infer<(typeof jobContracts)[N]["payload"]>;

export const jobNames = Object.keys(jobContracts).filter((name): name is JobName => name in jobContracts);
