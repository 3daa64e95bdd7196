import { defineCron } from "@/lib/gates/define-cron";
import { tidyTransfers } from "@/lib/services/transfer-tidy-service";

export const maxDuration = 300;

export const GET = defineCron("tidy-transfers", tidyTransfers);
