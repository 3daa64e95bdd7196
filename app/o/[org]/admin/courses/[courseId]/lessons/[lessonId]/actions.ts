"use server";
import { defineMemberAction } from "@/lib/gates/define-action";
import { lessonIdSchema, saveLessonSchema } from "@/lib/schemas/lesson";
import { getLesson, saveLesson } from "@/lib/services/lesson-service";
import { refreshCourses } from "../../../refresh-courses";

export const save = defineMemberAction("course.author", {
  input: saveLessonSchema,
  run: async (actor, input) => {
    const lesson = await saveLesson(actor, input);
    refreshCourses(actor);
    return lesson;
  },
});

export const read = defineMemberAction("course.author", { input: lessonIdSchema, run: getLesson });
