"use server";
import { revalidatePath } from "next/cache";
import { definePlatformAction } from "@/lib/gates/define-action";
import { restoreTrashSchema, startSweepSchema } from "@/lib/schemas/storage-sweep";
import { startSweep } from "@/lib/services/storage-orphan-service";
import { restoreTrash } from "@/lib/services/storage-restore-service";

export const start = definePlatformAction({
  input: startSweepSchema,
  run: async (actor, input) => {
    const started = await startSweep(actor, input);
    revalidatePath("/platform/admin/storage");
    return started;
  },
});

export const restore = definePlatformAction({
  input: restoreTrashSchema,
  run: async (actor, input) => {
    const report = await restoreTrash(actor, input);
    revalidatePath("/platform/admin/storage/trash");
    return report;
  },
});
