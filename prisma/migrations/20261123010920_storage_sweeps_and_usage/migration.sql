-- CreateEnum
CREATE TYPE "SweepMode" AS ENUM ('REPORT', 'DELETE');

-- CreateEnum
CREATE TYPE "SweepState" AS ENUM ('RUNNING', 'DONE', 'STOPPED', 'FAILED');

-- CreateEnum
CREATE TYPE "SweepFindingKind" AS ENUM ('ORPHAN_OBJECT', 'MISSING_OBJECT', 'SIZE_DRIFT', 'CHECKSUM_DRIFT', 'DEAD_UPLOAD', 'EXPIRED_RESERVATION');

-- AlterTable
ALTER TABLE "StorageAccount" ADD COLUMN     "maxFileBytes" BIGINT,
ADD COLUMN     "maxFiles" INTEGER,
ADD COLUMN     "warnedPercent" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "StorageSweep" (
    "id" TEXT NOT NULL,
    "mode" "SweepMode" NOT NULL,
    "state" "SweepState" NOT NULL DEFAULT 'RUNNING',
    "forced" BOOLEAN NOT NULL DEFAULT false,
    "startedById" TEXT,
    "cursor" TEXT COLLATE "C",
    "counts" JSONB NOT NULL DEFAULT '{}',
    "error" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeatAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "StorageSweep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StorageFinding" (
    "id" TEXT NOT NULL,
    "sweepId" TEXT NOT NULL,
    "kind" "SweepFindingKind" NOT NULL,
    "fileKey" TEXT COLLATE "C" NOT NULL,
    "organizationId" TEXT,
    "mediaFileId" TEXT,
    "multipartId" TEXT,
    "bytes" BIGINT NOT NULL,
    "objectModifiedAt" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StorageFinding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TrashedObject" (
    "id" TEXT NOT NULL,
    "fileKey" TEXT COLLATE "C" NOT NULL,
    "trashKey" TEXT NOT NULL,
    "organizationId" TEXT,
    "bytes" BIGINT NOT NULL,
    "trashedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "purgeAfter" TIMESTAMPTZ(3) NOT NULL,
    "restoredAt" TIMESTAMPTZ(3),
    "purgedAt" TIMESTAMPTZ(3),

    CONSTRAINT "TrashedObject_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StorageUsageDay" (
    "organizationId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "usedBytes" BIGINT NOT NULL,
    "files" INTEGER NOT NULL,

    CONSTRAINT "StorageUsageDay_pkey" PRIMARY KEY ("organizationId","day")
);

-- CreateIndex
CREATE INDEX "StorageSweep_startedAt_idx" ON "StorageSweep"("startedAt");

-- CreateIndex
CREATE INDEX "StorageSweep_startedById_idx" ON "StorageSweep"("startedById");

-- CreateIndex
CREATE INDEX "StorageFinding_organizationId_idx" ON "StorageFinding"("organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "StorageFinding_sweepId_kind_fileKey_key" ON "StorageFinding"("sweepId", "kind", "fileKey");

-- CreateIndex
CREATE UNIQUE INDEX "TrashedObject_trashKey_key" ON "TrashedObject"("trashKey");

-- CreateIndex
CREATE INDEX "TrashedObject_purgeAfter_idx" ON "TrashedObject"("purgeAfter");

-- CreateIndex
CREATE INDEX "TrashedObject_fileKey_idx" ON "TrashedObject"("fileKey");

-- AddForeignKey
ALTER TABLE "StorageSweep" ADD CONSTRAINT "StorageSweep_startedById_fkey" FOREIGN KEY ("startedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StorageFinding" ADD CONSTRAINT "StorageFinding_sweepId_fkey" FOREIGN KEY ("sweepId") REFERENCES "StorageSweep"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StorageUsageDay" ADD CONSTRAINT "StorageUsageDay_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
