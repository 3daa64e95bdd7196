"use server";
import { defineMemberAction } from "@/lib/gates/define-action";
import { enrolSchema } from "@/lib/schemas/enrolment";
import { enrol } from "@/lib/services/enrolment-service";

export const enrolInCourse = defineMemberAction("course.learn", { input: enrolSchema, run: enrol });
