-- AlterEnum
ALTER TYPE "SweepFindingKind" ADD VALUE 'RETURNED_OBJECT' BEFORE 'SIZE_DRIFT';
ALTER TYPE "SweepFindingKind" ADD VALUE 'ETAG_DRIFT' BEFORE 'DEAD_UPLOAD';

-- AlterTable
ALTER TABLE "TrashedObject" ADD COLUMN     "settledAt" TIMESTAMPTZ(3),
ADD COLUMN     "sweepId" TEXT;

-- What was put aside before was announced and deleted in one transaction.
UPDATE "TrashedObject" t SET "settledAt" = "trashedAt", "sweepId" = (SELECT s.id FROM "StorageSweep" s WHERE s.id = split_part(t."trashKey", '/', 2));

-- CreateIndex
CREATE INDEX "TrashedObject_sweepId_idx" ON "TrashedObject"("sweepId");

-- AddForeignKey
ALTER TABLE "TrashedObject" ADD CONSTRAINT "TrashedObject_sweepId_fkey" FOREIGN KEY ("sweepId") REFERENCES "StorageSweep"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- An object that is on its way to the trash is deleted outside of any transaction, so no row's lock can protect its key meanwhile: its
-- announcement does. No file may move to such a key, and no purged file (a size of a picture) may be made anew under it. The sweep takes
-- the other side of this lock before it reads which keys have an owner, so that one of the two always sees the other. New files get keys
-- that nothing ever had, and are not asked.
CREATE FUNCTION refuse_leaving_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7401523);
  IF EXISTS (
    SELECT 1 FROM "TrashedObject"
    WHERE "fileKey" = NEW."fileKey" AND "settledAt" IS NULL AND "purgedAt" IS NULL AND "purgeAfter" > clock_timestamp()
  ) THEN
    RAISE EXCEPTION 'an object under this key is on its way to the trash'
      USING ERRCODE = 'unique_violation', DETAIL = format('Key ("fileKey")=(%s) is leaving.', NEW."fileKey");
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "MediaFile_leaving_key" BEFORE UPDATE OF "fileKey", state ON "MediaFile"
  FOR EACH ROW WHEN (NEW."fileKey" <> OLD."fileKey" OR (OLD.state = 'PURGED' AND NEW.state <> 'PURGED'))
  EXECUTE FUNCTION refuse_leaving_key();
