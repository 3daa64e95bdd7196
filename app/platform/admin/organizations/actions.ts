"use server";
import { revalidatePath } from "next/cache";
import { definePlatformAction } from "@/lib/gates/define-action";
import { createOrganizationSchema, inviteOwnerSchema } from "@/lib/schemas/organization";
import { createOrganization, inviteOwner } from "@/lib/services/organization-service";

export const create = definePlatformAction({
  input: createOrganizationSchema,
  run: async (actor, input) => {
    const created = await createOrganization(actor, input);
    revalidatePath("/platform/admin", "layout");
    return created;
  },
});

export const inviteOneOwner = definePlatformAction({
  input: inviteOwnerSchema,
  run: async (actor, input) => {
    const report = await inviteOwner(actor, input);
    revalidatePath(`/platform/admin/organizations/${input.organizationId}`);
    return report;
  },
});
