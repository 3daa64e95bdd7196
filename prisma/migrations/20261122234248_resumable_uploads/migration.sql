-- AlterEnum
ALTER TYPE "MediaKind" ADD VALUE 'POSTER';

-- AlterTable
ALTER TABLE "Lesson" ADD COLUMN     "posterId" TEXT;

-- AlterTable
ALTER TABLE "MediaFile" ADD COLUMN     "blurDataUrl" TEXT,
ADD COLUMN     "checksum" TEXT,
ADD COLUMN     "destinationHref" TEXT,
ADD COLUMN     "destinationLabel" TEXT,
ADD COLUMN     "fingerprint" TEXT,
ADD COLUMN     "lastModified" TIMESTAMPTZ(3),
ADD COLUMN     "multipartId" TEXT,
ADD COLUMN     "partSize" INTEGER;

-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "logoId" TEXT;

-- CreateIndex
CREATE INDEX "Lesson_posterId_idx" ON "Lesson"("posterId");

-- CreateIndex
CREATE INDEX "MediaFile_organizationId_uploadedById_state_fingerprint_idx" ON "MediaFile"("organizationId", "uploadedById", "state", "fingerprint");

-- CreateIndex
CREATE INDEX "Organization_logoId_idx" ON "Organization"("logoId");

-- AddForeignKey
ALTER TABLE "Lesson" ADD CONSTRAINT "Lesson_posterId_fkey" FOREIGN KEY ("posterId") REFERENCES "MediaFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Organization" ADD CONSTRAINT "Organization_logoId_fkey" FOREIGN KEY ("logoId") REFERENCES "MediaFile"("id") ON DELETE SET NULL ON UPDATE CASCADE;
