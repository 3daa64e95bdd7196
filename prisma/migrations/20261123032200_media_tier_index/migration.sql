-- Videos in cold storage and on their way: few of many files, found every night.
CREATE INDEX "MediaFile_tier_idx" ON "MediaFile" ("updatedAt") WHERE "tier" <> 'STANDARD';
