import "server-only";
import { db } from "../db";
import type { Db, TenantScope } from "./transaction";

/** Days of history that are made up from the ledger where none was written. */
const REACH = 400;

/**
 * Writes what the organization's files took at the end of each day (UTC) since the last one written, up to yesterday. The ledger knows
 * when each file became ready and when it was purged, so nights without a run are filled in, and doing it again adds nothing.
 *
 * @returns days written
 */
export function insertUsageDays({ organizationId }: TenantScope, client: Db = db): Promise<number> {
  return client.$executeRaw`
    WITH span AS (
      SELECT coalesce(
        (SELECT max(day) + 1 FROM "StorageUsageDay" WHERE "organizationId" = ${organizationId}),
        (SELECT min(greatest(("readyAt" AT TIME ZONE 'UTC')::date, (now() AT TIME ZONE 'UTC')::date - ${REACH}::int))
         FROM "MediaFile" WHERE "organizationId" = ${organizationId} AND "readyAt" IS NOT NULL)) AS first,
        (now() AT TIME ZONE 'UTC')::date - 1 AS last),
    file AS (
      SELECT bytes, ("parentId" IS NULL)::int AS files, ("readyAt" AT TIME ZONE 'UTC')::date AS came, ("purgedAt" AT TIME ZONE 'UTC')::date AS went
      FROM "MediaFile" WHERE "organizationId" = ${organizationId} AND "readyAt" IS NOT NULL AND state <> 'MISSING'),
    move AS (
      SELECT greatest(came, first) AS day, bytes, files FROM file, span
      UNION ALL SELECT greatest(went, first), -bytes, -files FROM file, span WHERE went IS NOT NULL),
    total AS (
      SELECT each::date AS day, sum(coalesce(sum(move.bytes), 0)) OVER (ORDER BY each) AS bytes,
        sum(coalesce(sum(move.files), 0)) OVER (ORDER BY each) AS files
      FROM span, generate_series(first, last, interval '1 day') each LEFT JOIN move ON move.day = each::date GROUP BY each)
    INSERT INTO "StorageUsageDay" ("organizationId", day, "usedBytes", files)
    SELECT ${organizationId}, day, bytes, files FROM total ON CONFLICT DO NOTHING`;
}

/** The days written from `since` on, in their order. */
export function listUsageDays({ organizationId }: TenantScope, since: Date, client: Db = db) {
  return client.storageUsageDay.findMany({
    where: { organizationId, day: { gte: since } },
    select: { day: true, usedBytes: true, files: true },
    orderBy: { day: "asc" },
  });
}
