"use server";
import { defineMemberAction } from "@/lib/gates/define-action";
import { courseIdSchema } from "@/lib/schemas/course";
import { coolCourse, recallCourse } from "@/lib/services/storage-archive-service";
import { refreshCourses } from "../refresh-courses";

export const cool = defineMemberAction("storage.manage", {
  input: courseIdSchema,
  run: async (actor, input) => {
    await coolCourse(actor, input);
    refreshCourses(actor);
  },
});

export const recall = defineMemberAction("storage.manage", {
  input: courseIdSchema,
  run: async (actor, input) => {
    await recallCourse(actor, input);
    refreshCourses(actor);
  },
});
