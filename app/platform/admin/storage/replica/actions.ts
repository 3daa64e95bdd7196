"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import { definePlatformAction } from "@/lib/gates/define-action";
import { retryReplicaSchema } from "@/lib/schemas/storage-replica";
import { retryReplicas, startComparison } from "@/lib/services/replica-report-service";

export const compare = definePlatformAction({ input: z.object({}), run: (actor) => startComparison(actor) });

export const retry = definePlatformAction({
  input: retryReplicaSchema,
  run: async (actor, input) => {
    const retried = await retryReplicas(actor, input);
    revalidatePath("/platform/admin/storage/replica");
    return retried;
  },
});
