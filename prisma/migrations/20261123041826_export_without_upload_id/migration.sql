-- AlterTable
ALTER TABLE "StorageExport" DROP COLUMN "multipartId";
