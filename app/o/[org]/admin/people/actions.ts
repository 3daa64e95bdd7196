"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import { slugSchema } from "@/lib/core/slug";
import { defineMemberAction } from "@/lib/gates/define-action";
import type { MemberActor } from "@/lib/policies/actor";
import { invitationIdSchema, inviteSchema } from "@/lib/schemas/invitation";
import { changeRoleSchema, removeMemberSchema } from "@/lib/schemas/member";
import { cancelInvitation, inviteMembers, resendInvitation } from "@/lib/services/invitation-service";
import { changeMemberRole, leaveOrganization, removeMember } from "@/lib/services/member-service";

const refresh = (actor: MemberActor) => revalidatePath(`/o/${actor.organization.slug}/admin/people`, "layout");

export const invite = defineMemberAction("member.manage", {
  input: inviteSchema,
  limit: { name: "invite", points: 20, seconds: 3600 },
  run: async (actor, input) => {
    const report = await inviteMembers(actor, input);
    refresh(actor);
    return report;
  },
});

export const resend = defineMemberAction("member.manage", {
  input: invitationIdSchema,
  run: async (actor, input) => {
    await resendInvitation(actor, input);
    refresh(actor);
  },
});

export const cancel = defineMemberAction("member.manage", {
  input: invitationIdSchema,
  run: async (actor, input) => {
    await cancelInvitation(actor, input);
    refresh(actor);
  },
});

export const changeRole = defineMemberAction("member.manage", {
  input: changeRoleSchema,
  run: async (actor, input) => {
    await changeMemberRole(actor, input);
    refresh(actor);
  },
});

export const remove = defineMemberAction("member.manage", {
  input: removeMemberSchema,
  run: async (actor, input) => {
    await removeMember(actor, input);
    refresh(actor);
  },
});

export const leave = defineMemberAction("course.learn", {
  input: z.object({ org: slugSchema }),
  run: (actor) => leaveOrganization(actor),
});
