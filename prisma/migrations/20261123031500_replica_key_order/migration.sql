-- The order of a bucket listing, with which the rows are compared.
ALTER TABLE "ReplicaObject" ALTER COLUMN "fileKey" TYPE TEXT COLLATE "C";
