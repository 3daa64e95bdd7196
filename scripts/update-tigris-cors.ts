import { openBucketCors } from "@/lib/services/storage-service";

await openBucketCors();
console.log("The bucket now answers pages of every origin; the upload API decides who may upload.");
