"use server";
import { defineMemberAction } from "@/lib/gates/define-action";
import { deletedItemIdSchema } from "@/lib/schemas/deleted-content";
import { restoreDeleted } from "@/lib/services/deleted-content-service";
import { refreshCourses } from "./refresh-courses";

export const restore = defineMemberAction("course.delete", {
  input: deletedItemIdSchema,
  run: async (actor, input) => {
    const report = await restoreDeleted(actor, input);
    refreshCourses(actor);
    return report;
  },
});
