"use server";
import { defineUserAction } from "@/lib/gates/define-action";
import { acceptInvitationSchema, invitationIdSchema } from "@/lib/schemas/invitation";
import { acceptInvitation, declineInvitation } from "@/lib/services/invitation-answer-service";

export const accept = defineUserAction({ input: acceptInvitationSchema, run: acceptInvitation });

export const decline = defineUserAction({ input: invitationIdSchema, run: declineInvitation });
