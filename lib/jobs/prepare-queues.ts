import "server-only";
import { prepareQueues } from "../clients/queue";
import { jobContracts } from "./contracts";

/** Brings the queues in step with the contracts; part of every migration, and safe to repeat. */
export async function prepareJobQueues(): Promise<void> {
  await prepareQueues(jobContracts);
}
