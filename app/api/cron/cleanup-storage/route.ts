import { defineCron } from "@/lib/gates/define-cron";
import { cleanupStorage } from "@/lib/services/storage-cleanup-service";

export const maxDuration = 300;

export const GET = defineCron("cleanup-storage", cleanupStorage);
