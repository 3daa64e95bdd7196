import "server-only";
import { createElement } from "react";
import { render } from "react-email";
import { sendMail } from "../clients/mailer";
import { formatBytes } from "../core/bytes";
import { expiryInWords } from "../core/expiry-in-words";
import { logger } from "../core/logger";
import { findInvitationById } from "../data/invitation";
import { findStaffAddress } from "../data/storage-sweep";
import { env } from "../env";
import { InvitationMail } from "../mails/invitation";
import { SweepReportMail } from "../mails/sweep-report";
import { isRole } from "../policies/permission";
import { roleNames } from "../schemas/member";
import { sweepSums } from "../schemas/sweep-text";
import { getSweep } from "./storage-report-service";

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

/**
 * Mails what a sweep of the storage found and did, unless the person has left the platform's staff.
 *
 * @throws what the mail server answers; the job is then tried again
 */
export async function mailSweepReport(input: { sweepId: string; userId: string }): Promise<void> {
  const staff = await findStaffAddress(input.userId);
  if (!staff) {
    logger.info({ userId: input.userId }, "no longer on the platform's staff; no mail");
    return;
  }
  const sweep = await getSweep({ kind: "system", label: "job:send-sweep-report" }, input.sweepId);
  const { objects, bytes, held } = sweep.progress;
  const heading = sweep.state === "DONE" ? "Storage was swept" : "The storage sweep stopped";
  const message = createElement(SweepReportMail, {
    heading,
    outcome: sweep.error ?? "The bucket was compared with the database from the first key to the last.",
    figures: [
      ["Objects", `${objects} (${formatBytes(bytes)})`],
      ...sweepSums(sweep.sums).map(({ label, findings, bytes: size }) => [label, `${findings} (${formatBytes(size)})`] as const),
      ...held.map((prefix) => ["Too much would go, so nothing went", prefix] as const),
    ],
    link: new URL(`/platform/admin/storage/${sweep.id}`, env.BETTER_AUTH_URL).href,
  });
  await sendMail({
    to: staff.email,
    subject: heading,
    html: await render(message),
    text: await render(message, { plainText: true }),
  });
}
