import "server-only";
import { notFoundError } from "../core/app-error";
import { changedFields } from "../core/changed-fields";
import { DAY, fromNow } from "../core/clock";
import type { Page } from "../core/page";
import { countOrganizations } from "../data/organization";
import { findStorageAccount } from "../data/storage-account";
import { listOrganizationUsage as findUsage, lockLimits, updateLimits, type LimitsRow } from "../data/storage-limit";
import { inTransaction } from "../data/transaction";
import type { PlatformActor } from "../policies/actor";
import type { OrganizationUsage, OrganizationUsageInput, StorageLimits, StorageLimitsInput } from "../schemas/storage-limit";
import { recordAudit } from "./audit-service";
import { watchStorageLevel } from "./storage-warning-service";

const PAGE_SIZE = 25;
/** Days of which growth is the sum. */
const GROWTH = 30;

const orNull = (bytes: bigint | null) => (bytes === null ? null : Number(bytes));

function toLimits({ limitBytes, maxFileBytes, maxFiles }: Omit<LimitsRow, "usedBytes">): StorageLimits {
  return { limitBytes: Number(limitBytes), maxFileBytes: orNull(maxFileBytes), maxFiles };
}

/** A page of 25 organizations with what they take, what they may take and how they grew in 30 days. */
export async function listOrganizationUsage(_actor: PlatformActor, input: OrganizationUsageInput): Promise<Page<OrganizationUsage>> {
  const { q, sort, page } = input;
  const [rows, total] = await Promise.all([
    findUsage({ search: q, sort, since: fromNow(-GROWTH * DAY), skip: (page - 1) * PAGE_SIZE, take: PAGE_SIZE }),
    countOrganizations(q),
  ]);
  const items = rows.map(({ usedBytes, reservedBytes, limitBytes, maxFileBytes, grownBytes, ...row }) => ({
    ...row,
    ...toLimits({ limitBytes, maxFileBytes, maxFiles: row.maxFiles }),
    usedBytes: Number(usedBytes),
    reservedBytes: Number(reservedBytes),
    grownBytes: Number(grownBytes),
    percent: limitBytes > 0n ? (Number(usedBytes + reservedBytes) / Number(limitBytes)) * 100 : 0,
  }));
  return { items, total, page, pageSize: PAGE_SIZE };
}

/** What an organization's plan allows. @throws AppError NOT_FOUND */
export async function getStorageLimits(_actor: PlatformActor, organizationId: string): Promise<StorageLimits> {
  const account = await findStorageAccount({ organizationId });
  if (!account) throw notFoundError("This organization");
  return toLimits(account);
}

/**
 * Changes what an organization's plan allows, at once. Less than it uses is allowed: nothing is deleted, and uploads are refused until it
 * fits. The level that its people are warned of follows.
 *
 * @returns bytes that it uses beyond its new limit, 0 when it fits
 * @throws AppError NOT_FOUND
 */
export async function setStorageLimits(actor: PlatformActor, input: StorageLimitsInput): Promise<{ excessBytes: number }> {
  const { organizationId, limitBytes, maxFileBytes, maxFiles } = input;
  const scope = { organizationId };
  return inTransaction(async (tx) => {
    const row = await lockLimits(scope, tx);
    if (!row) throw notFoundError("This organization");
    const changed = changedFields(toLimits(row), { limitBytes, maxFileBytes, maxFiles });
    if (Object.keys(changed.after).length > 0) {
      const limits = { limitBytes: BigInt(limitBytes), maxFileBytes: maxFileBytes === null ? null : BigInt(maxFileBytes), maxFiles };
      await updateLimits(scope, limits, tx);
      await watchStorageLevel(tx, scope);
      await recordAudit(tx, actor, { action: "storage.limits-changed", subjectId: organizationId, organizationId, ...changed });
    }
    return { excessBytes: Math.max(0, Number(row.usedBytes) - limitBytes) };
  });
}
