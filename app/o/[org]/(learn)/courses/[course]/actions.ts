"use server";
import { revalidatePath } from "next/cache";
import { defineMemberAction } from "@/lib/gates/define-action";
import { enrolSchema } from "@/lib/schemas/enrolment";
import { enrol } from "@/lib/services/enrolment-service";

export const enrolInCourse = defineMemberAction("course.learn", {
  input: enrolSchema,
  run: async (actor, input) => {
    const enrolment = await enrol(actor, input);
    // The way back from the first lesson must not lead to a page that still offers the course.
    revalidatePath(`/o/${actor.organization.slug}`, "layout");
    return enrolment;
  },
});
