"use server";
import { defineMemberAction } from "@/lib/gates/define-action";
import { createCourseSchema } from "@/lib/schemas/course";
import { createCourse } from "@/lib/services/course-service";

export const create = defineMemberAction("course.author", {
  input: createCourseSchema,
  limit: { name: "create-course", points: 60, seconds: 3600 },
  run: createCourse,
});
