import "server-only";
import { createElement } from "react";
import { render } from "react-email";
import { sendMail } from "../clients/mailer";
import { expiryInWords } from "../core/expiry-in-words";
import { logger } from "../core/logger";
import { findInvitationById } from "../data/invitation";
import { env } from "../env";
import { InvitationMail } from "../mails/invitation";
import { isRole } from "../policies/permission";
import { roleNames } from "../schemas/member";

/**
 * Mails an invitation, unless it was answered, cancelled or has expired since the job was added: then there is nothing to say.
 *
 * @throws what the mail server answers; the job is then tried again
 */
export async function mailInvitation(input: { invitationId: string }): Promise<void> {
  const invitation = await findInvitationById(input.invitationId);
  const now = new Date();
  if (!invitation || !isRole(invitation.role) || invitation.status !== "pending" || invitation.expiresAt <= now) {
    logger.info({ invitationId: input.invitationId }, "invitation is no longer open; no mail");
    return;
  }
  const { id, email, inviter, organization } = invitation;
  const message = createElement(InvitationMail, {
    organization: organization.name,
    inviter: inviter.name ? `${inviter.name} (${inviter.email})` : inviter.email,
    role: roleNames[invitation.role].article,
    email,
    link: new URL(`/invitations/${id}`, env.BETTER_AUTH_URL).href,
    expires: expiryInWords(invitation.expiresAt, now),
  });
  await sendMail({
    to: email,
    subject: `${inviter.name || inviter.email} invites you to ${organization.name}`,
    html: await render(message),
    text: await render(message, { plainText: true }),
  });
}
