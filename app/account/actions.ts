"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import { defineUserAction } from "@/lib/gates/define-action";
import { requireSessionId } from "@/lib/gates/require-actor";
import { endSessionSchema, updateNameSchema } from "@/lib/schemas/user";
import { endOtherSessions, endSession, updateOwnName } from "@/lib/services/user-service";

export const saveOwnName = defineUserAction({
  input: updateNameSchema,
  run: async (actor, input) => {
    await updateOwnName(actor, input);
    revalidatePath("/", "layout");
  },
});

export const signOutOthers = defineUserAction({
  input: z.object({}),
  run: async (actor) => {
    const answer = await endOtherSessions(actor, await requireSessionId());
    revalidatePath("/account");
    return answer;
  },
});

export const signOutDevice = defineUserAction({
  input: endSessionSchema,
  run: async (actor, input) => {
    await endSession(actor, input);
    revalidatePath("/account");
  },
});
