import { defineCron } from "@/lib/gates/define-cron";
import { requeueTiers } from "@/lib/services/storage-cooling-service";

export const GET = defineCron("archive-storage", requeueTiers);
