"use server";
import { defineMemberAction } from "@/lib/gates/define-action";
import { deleteCourseSchema, moveCourseSchema } from "@/lib/schemas/course";
import { deleteCourse, moveCourse } from "@/lib/services/course-service";
import { refreshCourses } from "../refresh-courses";

export const move = defineMemberAction("course.author", {
  input: moveCourseSchema,
  run: async (actor, input) => {
    const course = await moveCourse(actor, input);
    refreshCourses(actor);
    return course;
  },
});

// Nothing is read anew here: the page that asked is about a course that is gone, and leaves for the list by itself.
export const remove = defineMemberAction("course.delete", { input: deleteCourseSchema, run: deleteCourse });
