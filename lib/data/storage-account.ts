import "server-only";
import { db } from "../db";
import type { Db, TenantScope } from "./transaction";

/** Opens the account of an organization that has none. */
export async function ensureStorageAccount({ organizationId }: TenantScope, limitBytes: bigint, client: Db = db): Promise<void> {
  await client.storageAccount.createMany({ data: [{ organizationId, limitBytes }], skipDuplicates: true });
}

export function findStorageAccount({ organizationId }: TenantScope, client: Db = db) {
  return client.storageAccount.findUnique({
    where: { organizationId },
    select: { usedBytes: true, reservedBytes: true, limitBytes: true, maxFileBytes: true, maxFiles: true },
  });
}

/**
 * Sets bytes aside when they still fit. One statement, whose row lock makes callers queue: the limit can't be passed by racing.
 * False when they do not fit, or there is no account.
 */
export async function reserveBytes({ organizationId }: TenantScope, bytes: bigint, tx: Db): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE "StorageAccount" SET "reservedBytes" = "reservedBytes" + ${bytes}, "updatedAt" = now()
    WHERE "organizationId" = ${organizationId} AND "usedBytes" + "reservedBytes" + ${bytes} <= "limitBytes"`;
  return changed === 1;
}

/** Moves the sums by these bytes, which may be negative. */
export async function moveBytes({ organizationId }: TenantScope, by: { used?: bigint; reserved?: bigint }, tx: Db): Promise<void> {
  await tx.storageAccount.update({
    where: { organizationId },
    data: { usedBytes: { increment: by.used ?? 0n }, reservedBytes: { increment: by.reserved ?? 0n } },
  });
}
