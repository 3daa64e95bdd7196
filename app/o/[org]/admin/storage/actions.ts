"use server";
import { defineMemberAction } from "@/lib/gates/define-action";
import { deletedItemIdSchema, emptyStorageSchema } from "@/lib/schemas/deleted-content";
import { emptyStorage, refillStorage } from "@/lib/services/storage-emptying-service";
import { refreshCourses } from "../courses/refresh-courses";

export const empty = defineMemberAction("storage.empty", {
  input: emptyStorageSchema,
  run: async (actor, input) => {
    const receipt = await emptyStorage(actor, input);
    refreshCourses(actor);
    return receipt;
  },
});

export const refill = defineMemberAction("storage.empty", {
  input: deletedItemIdSchema,
  run: async (actor, input) => {
    const report = await refillStorage(actor, input);
    refreshCourses(actor);
    return report;
  },
});
