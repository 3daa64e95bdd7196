import "server-only";
import { logger } from "../core/logger";
import { listStorageAccounts, lockStorageAccount, setStorageSums, sumLedger, type AccountSums } from "../data/storage-account";
import { insertUsageDays } from "../data/storage-day";
import { inTransaction, type TenantScope } from "../data/transaction";
import type { SystemActor } from "../policies/actor";
import { recordAudit } from "./audit-service";
import { watchStorageLevel } from "./storage-warning-service";

const numbers = ({ usedBytes, reservedBytes }: AccountSums) => ({ usedBytes: Number(usedBytes), reservedBytes: Number(reservedBytes) });
const distance = (one: bigint, other: bigint) => Number(one > other ? one - other : other - one);

/**
 * Compares the sums of one organization with its ledger and puts them right. The account's row is held meanwhile: a change of the ledger
 * that is not committed yet moves the sums after this, so nothing is counted twice.
 *
 * @returns how many bytes the sums were wrong by
 */
async function reconcileAccount(actor: SystemActor, scope: TenantScope): Promise<number> {
  return inTransaction(async (tx) => {
    const before = await lockStorageAccount(scope, tx);
    if (!before) return 0;
    const after = await sumLedger(scope, tx);
    const drift = distance(before.usedBytes, after.usedBytes) + distance(before.reservedBytes, after.reservedBytes);
    if (drift > 0) {
      await setStorageSums(scope, after, tx);
      const { organizationId } = scope;
      await recordAudit(tx, actor, { action: "storage.reconciled", organizationId, before: numbers(before), after: numbers(after) });
      logger.warn({ organizationId, drift, before: numbers(before), after: numbers(after) }, "storage sums were wrong");
    }
    await watchStorageLevel(tx, scope);
    return drift;
  });
}

/**
 * For every organization: puts the sums right, lets the warned level follow a limit that was changed, and writes the usage of the days
 * that are over. One that fails is logged and counted; the others go on.
 */
export async function reconcileStorage(actor: SystemActor): Promise<Record<string, number>> {
  const counts = { organizations: 0, drifted: 0, driftBytes: 0, days: 0, failed: 0 };
  for (const { organizationId } of await listStorageAccounts()) {
    try {
      const drift = await reconcileAccount(actor, { organizationId });
      counts.days += await insertUsageDays({ organizationId });
      counts.organizations += 1;
      counts.drifted += drift > 0 ? 1 : 0;
      counts.driftBytes += drift;
    } catch (error) {
      counts.failed += 1;
      logger.error({ err: error, organizationId }, "storage reconciliation failed");
    }
  }
  return counts;
}
