import { z } from "zod";
import { idSchema } from "../core/id";
import { pageNumberSchema } from "../core/page";
import type { Role } from "../policies/permission";
import { parseAddressList } from "./address-list";
import { roleSchema } from "./member";
import { personNameSchema } from "./user";

/** People invited in one go. */
export const MAX_INVITED_AT_ONCE = 50;

const addressListSchema = z
  .string()
  .max(20_000, "This is too long to read. Invite fewer people at once.")
  .transform((text, context) => {
    const { addresses, invalid } = parseAddressList(text);
    const shown = invalid.slice(0, 5).map((entry) => (entry.length > 60 ? `${entry.slice(0, 60)}…` : entry));
    if (invalid.length > 0) {
      const rest = invalid.length > shown.length ? ` and ${invalid.length - shown.length} more` : "";
      const verb = invalid.length === 1 ? "This is not an email address" : "These are not email addresses";
      context.addIssue({ code: "custom", message: `${verb}: ${shown.join(", ")}${rest}. Nobody has been invited yet.` });
    } else if (addresses.length === 0) {
      context.addIssue({ code: "custom", message: "Enter at least one email address." });
    } else if (addresses.length > MAX_INVITED_AT_ONCE) {
      context.addIssue({
        code: "custom",
        message: `Invite at most ${MAX_INVITED_AT_ONCE} people at once; these are ${addresses.length}.`,
      });
    }
    return addresses;
  });

export const inviteSchema = z.object({ addresses: addressListSchema, role: roleSchema });
export const invitationIdSchema = z.object({ invitationId: idSchema });
export const acceptInvitationSchema = z.object({ invitationId: idSchema, name: personNameSchema.optional() });
export const listInvitationsSchema = z.object({ page: pageNumberSchema });

/** Who was invited, and who was not and why. Addresses. */
export type InviteReport = { invited: string[]; alreadyMembers: string[]; alreadyInvited: string[] };

/** One row of the pending invitations. */
export type PendingInvitationView = {
  id: string;
  email: string;
  role: Role;
  invitedBy: string;
  expiresAt: Date;
  expired: boolean;
  mayManage: boolean;
};

export type InvitationState = "pending" | "expired" | "accepted" | "rejected" | "canceled";

/** What an invitation's page shows to whoever has its address. */
export type InvitationView = {
  id: string;
  state: InvitationState;
  email: string;
  role: Role;
  invitedBy: string;
  expiresAt: Date;
  organization: { name: string; slug: string; accentColor: string | null };
};
