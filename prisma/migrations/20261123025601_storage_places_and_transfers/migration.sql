-- CreateEnum
CREATE TYPE "MediaTier" AS ENUM ('STANDARD', 'ARCHIVED', 'RESTORING');

-- CreateEnum
CREATE TYPE "ReplicaState" AS ENUM ('PENDING', 'COPIED', 'FAILED', 'DOOMED');

-- CreateEnum
CREATE TYPE "DeletedKind" AS ENUM ('COURSE', 'CHAPTER', 'LESSON', 'FILES');

-- CreateEnum
CREATE TYPE "TransferState" AS ENUM ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "MoveKind" AS ENUM ('PROVIDER', 'PREFIX');

-- AlterTable
ALTER TABLE "Course" ADD COLUMN     "mediaColdSince" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "MediaFile" ADD COLUMN     "lastCourseId" TEXT,
ADD COLUMN     "lastLessonId" TEXT,
ADD COLUMN     "restoreReadyAt" TIMESTAMPTZ(3),
ADD COLUMN     "storageClass" TEXT,
ADD COLUMN     "store" TEXT NOT NULL DEFAULT 'main',
ADD COLUMN     "tier" "MediaTier" NOT NULL DEFAULT 'STANDARD',
ADD COLUMN     "tierChangedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "ReplicaObject" (
    "fileKey" TEXT NOT NULL,
    "mediaFileId" TEXT NOT NULL,
    "state" "ReplicaState" NOT NULL,
    "bytes" BIGINT NOT NULL,
    "etag" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "dueSince" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "nextTryAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "copiedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ReplicaObject_pkey" PRIMARY KEY ("fileKey")
);

-- CreateTable
CREATE TABLE "DeletedItem" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "kind" "DeletedKind" NOT NULL,
    "title" TEXT NOT NULL,
    "courseId" TEXT,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "deletedById" TEXT,
    "deletedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "purgeAfter" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DeletedItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeletedRow" (
    "id" BIGSERIAL NOT NULL,
    "deletedItemId" TEXT NOT NULL,
    "table" TEXT NOT NULL,
    "row" JSONB NOT NULL,

    CONSTRAINT "DeletedRow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StorageExport" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "state" "TransferState" NOT NULL DEFAULT 'QUEUED',
    "fileKey" TEXT NOT NULL,
    "multipartId" TEXT,
    "partSize" INTEGER NOT NULL,
    "layout" JSONB,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "doneBytes" BIGINT NOT NULL DEFAULT 0,
    "files" INTEGER NOT NULL DEFAULT 0,
    "tokenHash" TEXT,
    "startedById" TEXT,
    "error" TEXT,
    "heartbeatAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),

    CONSTRAINT "StorageExport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StorageImport" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "archiveKey" TEXT NOT NULL,
    "sourceName" TEXT NOT NULL,
    "state" "TransferState" NOT NULL DEFAULT 'QUEUED',
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "doneBytes" BIGINT NOT NULL DEFAULT 0,
    "files" INTEGER NOT NULL DEFAULT 0,
    "doneFiles" INTEGER NOT NULL DEFAULT 0,
    "courses" INTEGER NOT NULL DEFAULT 0,
    "startedById" TEXT,
    "error" TEXT,
    "heartbeatAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "StorageImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportedFile" (
    "importId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "mediaFileId" TEXT NOT NULL,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "ImportedFile_pkey" PRIMARY KEY ("importId","sourceId")
);

-- CreateTable
CREATE TABLE "StorageMove" (
    "id" TEXT NOT NULL,
    "kind" "MoveKind" NOT NULL,
    "phase" TEXT NOT NULL,
    "dryRun" BOOLEAN NOT NULL DEFAULT false,
    "source" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "state" "TransferState" NOT NULL DEFAULT 'RUNNING',
    "counts" JSONB NOT NULL DEFAULT '{}',
    "error" TEXT,
    "heartbeatAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "StorageMove_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ReplicaObject_state_nextTryAt_idx" ON "ReplicaObject"("state", "nextTryAt");

-- CreateIndex
CREATE INDEX "ReplicaObject_mediaFileId_idx" ON "ReplicaObject"("mediaFileId");

-- CreateIndex
CREATE INDEX "DeletedItem_organizationId_deletedAt_idx" ON "DeletedItem"("organizationId", "deletedAt");

-- CreateIndex
CREATE INDEX "DeletedItem_purgeAfter_idx" ON "DeletedItem"("purgeAfter");

-- CreateIndex
CREATE INDEX "DeletedItem_deletedById_idx" ON "DeletedItem"("deletedById");

-- CreateIndex
CREATE INDEX "DeletedRow_deletedItemId_table_id_idx" ON "DeletedRow"("deletedItemId", "table", "id");

-- CreateIndex
CREATE UNIQUE INDEX "StorageExport_fileKey_key" ON "StorageExport"("fileKey");

-- CreateIndex
CREATE UNIQUE INDEX "StorageExport_tokenHash_key" ON "StorageExport"("tokenHash");

-- CreateIndex
CREATE INDEX "StorageExport_organizationId_createdAt_idx" ON "StorageExport"("organizationId", "createdAt");

-- CreateIndex
CREATE INDEX "StorageExport_state_expiresAt_idx" ON "StorageExport"("state", "expiresAt");

-- CreateIndex
CREATE INDEX "StorageExport_startedById_idx" ON "StorageExport"("startedById");

-- CreateIndex
CREATE INDEX "StorageImport_organizationId_createdAt_idx" ON "StorageImport"("organizationId", "createdAt");

-- CreateIndex
CREATE INDEX "StorageImport_startedById_idx" ON "StorageImport"("startedById");

-- CreateIndex
CREATE INDEX "StorageMove_startedAt_idx" ON "StorageMove"("startedAt");

-- CreateIndex
CREATE INDEX "MediaFile_store_id_idx" ON "MediaFile"("store", "id");

-- AddForeignKey
ALTER TABLE "DeletedItem" ADD CONSTRAINT "DeletedItem_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeletedItem" ADD CONSTRAINT "DeletedItem_deletedById_fkey" FOREIGN KEY ("deletedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeletedRow" ADD CONSTRAINT "DeletedRow_deletedItemId_fkey" FOREIGN KEY ("deletedItemId") REFERENCES "DeletedItem"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StorageExport" ADD CONSTRAINT "StorageExport_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StorageExport" ADD CONSTRAINT "StorageExport_startedById_fkey" FOREIGN KEY ("startedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StorageImport" ADD CONSTRAINT "StorageImport_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StorageImport" ADD CONSTRAINT "StorageImport_startedById_fkey" FOREIGN KEY ("startedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportedFile" ADD CONSTRAINT "ImportedFile_importId_fkey" FOREIGN KEY ("importId") REFERENCES "StorageImport"("id") ON DELETE CASCADE ON UPDATE CASCADE;
