"use server";
import { revalidatePath } from "next/cache";
import { definePlatformAction } from "@/lib/gates/define-action";
import { createOrganizationSchema, inviteOwnerSchema } from "@/lib/schemas/organization";
import { storageLimitsSchema } from "@/lib/schemas/storage-limit";
import { createOrganization, inviteOwner } from "@/lib/services/organization-service";
import { setStorageLimits } from "@/lib/services/storage-limit-service";

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

export const setLimits = definePlatformAction({
  input: storageLimitsSchema,
  run: async (actor, input) => {
    const report = await setStorageLimits(actor, input);
    revalidatePath("/platform/admin", "layout");
    return report;
  },
});
