"use server";
import { refresh } from "next/cache";
import { defineMemberAction } from "@/lib/gates/define-action";
import { markLessonSchema } from "@/lib/schemas/progress";
import { markLesson } from "@/lib/services/progress-service";

export const markLessonDone = defineMemberAction("course.learn", {
  input: markLessonSchema,
  run: async (actor, input) => {
    const progress = await markLesson(actor, input);
    refresh();
    return progress;
  },
});
