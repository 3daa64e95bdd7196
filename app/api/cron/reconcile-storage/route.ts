import { defineCron } from "@/lib/gates/define-cron";
import { reconcileStorage } from "@/lib/services/storage-reconcile-service";

export const maxDuration = 300;

export const GET = defineCron("reconcile-storage", reconcileStorage);
