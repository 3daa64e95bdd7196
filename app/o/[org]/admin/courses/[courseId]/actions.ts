"use server";
import { defineMemberAction } from "@/lib/gates/define-action";
import { courseIdSchema, saveCourseSchema } from "@/lib/schemas/course";
import { getCourse, saveCourse } from "@/lib/services/course-service";
import { refreshCourses } from "../refresh-courses";

export const save = defineMemberAction("course.author", {
  input: saveCourseSchema,
  run: async (actor, input) => {
    const course = await saveCourse(actor, input);
    refreshCourses(actor);
    return course;
  },
});

export const read = defineMemberAction("course.author", { input: courseIdSchema, run: getCourse });
