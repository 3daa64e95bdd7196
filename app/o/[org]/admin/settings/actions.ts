"use server";
import { revalidatePath } from "next/cache";
import { defineMemberAction } from "@/lib/gates/define-action";
import { updateOrganizationSchema } from "@/lib/schemas/organization";
import { getOrganizationSettings, updateOrganization } from "@/lib/services/organization-service";

export const saveOrganization = defineMemberAction("organization.update", {
  input: updateOrganizationSchema,
  run: async (actor, input) => {
    await updateOrganization(actor, input);
    revalidatePath(`/o/${actor.organization.slug}`, "layout");
    return getOrganizationSettings(actor);
  },
});
