-- By hand: Prisma has no partial or covering indexes.
-- What lies in the bucket for one tenant, the largest first: usage is summed from the index alone, however many rows are purged.
CREATE INDEX "MediaFile_usage_idx" ON "MediaFile" ("organizationId", "bytes" DESC) INCLUDE ("state", "kind", "parentId") WHERE "state" IN ('READY', 'RELEASED');
