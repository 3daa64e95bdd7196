import "server-only";
import type { JobName, JobPayload } from "./contracts";
import { deletedContentPurge } from "./handlers/deleted-content-purge";
import { compareReplica } from "./handlers/compare-replica";
import { replicateStorage } from "./handlers/replicate-storage";
import { sendExportReady } from "./handlers/send-export-ready";
import { sendInvitation } from "./handlers/send-invitation";
import { sendSweepReport } from "./handlers/send-sweep-report";
import { sendStorageWarning } from "./handlers/send-storage-warning";
import { storageExport } from "./handlers/storage-export";
import { storageExportExpire } from "./handlers/storage-export-expire";
import { storageImport } from "./handlers/storage-import";
import { storageLeftovers } from "./handlers/storage-leftovers";
import { storagePurge } from "./handlers/storage-purge";
import { storageSweep } from "./handlers/storage-sweep";
import { storageTier } from "./handlers/storage-tier";
import { uploadExpire } from "./handlers/upload-expire";

export type Handler<N extends JobName> = (payload: JobPayload<N>) => Promise<void>;

/** Exactly one handler for each job; the type refuses a missing one. */
export const handlers: { [N in JobName]: Handler<N> } = {
  "deleted-content-purge": deletedContentPurge,
  "compare-replica": compareReplica,
  "replicate-storage": replicateStorage,
  "send-export-ready": sendExportReady,
  "send-invitation": sendInvitation,
  "send-sweep-report": sendSweepReport,
  "send-storage-warning": sendStorageWarning,
  "storage-leftovers": storageLeftovers,
  "storage-export": storageExport,
  "storage-export-expire": storageExportExpire,
  "storage-import": storageImport,
  "storage-purge": storagePurge,
  "storage-sweep": storageSweep,
  "storage-tier": storageTier,
  "upload-expire": uploadExpire,
};
