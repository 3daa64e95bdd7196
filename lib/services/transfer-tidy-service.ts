import "server-only";
import { DAY, fromNow } from "../core/clock";
import { logger } from "../core/logger";
import { endExport, endImport, listDeadTransfers, listDueExports } from "../data/storage-transfer";
import { inTransaction } from "../data/transaction";
import { enqueue } from "../jobs/enqueue";
import type { SystemActor } from "../policies/actor";
import { clearExport } from "./storage-export-service";

/** A transfer that nobody has worked on for this long is given up: its jobs are used up by then. */
const DEAD = DAY;

function giveUpExport(exportId: string): Promise<boolean> {
  return inTransaction(async (tx) => {
    const error = "It could not be finished within a day. Export again.";
    const ended = await endExport(exportId, ["QUEUED", "RUNNING"], { state: "FAILED", error }, tx);
    if (ended) await enqueue(tx, "storage-export-expire", { exportId });
    return ended;
  });
}

function giveUpImport(importId: string): Promise<boolean> {
  return inTransaction(async (tx) => {
    const error = "It could not be finished within a day. Import again.";
    const ended = await endImport(importId, { state: "FAILED", error }, tx);
    if (ended) await enqueue(tx, "storage-import", { importId });
    return ended;
  });
}

/**
 * Finishes what lost jobs left of exports and imports of every organization: archives whose time is over go, transfers that died are
 * ended. One that fails is logged and counted; the others go on.
 */
export async function tidyTransfers(actor: SystemActor): Promise<Record<string, number>> {
  let failed = 0;
  const each = async (ids: readonly string[], treat: (id: string) => Promise<boolean>): Promise<number> => {
    let done = 0;
    for (const id of ids) {
      try {
        if (await treat(id)) done += 1;
      } catch (error) {
        failed += 1;
        logger.error({ err: error, transferId: id }, "a transfer can't be tidied up");
      }
    }
    return done;
  };
  const expired = await each(await listDueExports(new Date()), (exportId) => clearExport(actor, { exportId }));
  const dead = await listDeadTransfers(fromNow(-DEAD));
  const givenUp = (await each(dead.exports, giveUpExport)) + (await each(dead.imports, giveUpImport));
  return { expired, givenUp, failed };
}
