import "server-only";
import { takePoint } from "../clients/limiter";
import { AppError, fieldError, notFoundError } from "../core/app-error";
import { changedFields } from "../core/changed-fields";
import type { Page } from "../core/page";
import {
  countOrganizations,
  countPlatform,
  findOrganizationOverview,
  findOrganizationSettings,
  insertOrganization,
  listOrganizations as findOrganizations,
  lockOrganization,
  organizationSlugExists,
  updateOrganization as saveOrganization,
} from "../data/organization";
import { listRemovedFiles } from "../data/media-release";
import { inTransaction } from "../data/transaction";
import { isUniqueViolation } from "../data/unique-violation";
import { env } from "../env";
import { enqueue } from "../jobs/enqueue";
import { assertCan } from "../policies/access-policy";
import type { MemberActor, PlatformActor } from "../policies/actor";
import type { InviteReport } from "../schemas/invitation";
import type { OrganizationDetail, OrganizationRow, OrganizationSettings, UpdateOrganizationInput } from "../schemas/organization";
import { recordAudit } from "./audit-service";
import { mediaView, removedFileViews } from "./delivery-service";
import { issueInvitations } from "./invitation-service";
import { releaseFile } from "./storage-release-service";
import { attachFile } from "./storage-service";

const PAGE_SIZE = 25;
const ownerResends = { name: "owner-invitation-resend", points: 3, seconds: 3600 };
const slugTaken = () => fieldError("slug", "Another organization has this address already.");

/**
 * Creates a tenant with its storage account and invites its first owner by mail, all in one transaction.
 *
 * @throws AppError INVALID_INPUT at `slug` when it is taken, also by a request at the same moment
 */
export async function createOrganization(
  actor: PlatformActor,
  input: { name: string; slug: string; ownerEmail: string },
): Promise<{ id: string; slug: string }> {
  const { name, slug, ownerEmail } = input;
  if (await organizationSlugExists(slug)) throw slugTaken();
  try {
    return await inTransaction(async (tx) => {
      const row = { name, slug, storagePrefix: `organizations/${slug}/`, limitBytes: Math.round(env.STORAGE_DEFAULT_LIMIT_GB) };
      const { id } = await insertOrganization(row, tx);
      await recordAudit(tx, actor, { action: "organization.created", subjectId: id, organizationId: id, after: row });
      await issueInvitations(tx, actor, { organizationId: id, emails: [ownerEmail], role: "owner", mayRenew: () => true });
      return { id, slug };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw slugTaken();
    throw error;
  }
}

/**
 * Invites one more owner on behalf of the platform; an open invitation is mailed once more, three times an hour.
 *
 * @throws AppError NOT_FOUND, CONFLICT when the address belongs to a member already, RATE_LIMITED
 */
export async function inviteOwner(actor: PlatformActor, input: { organizationId: string; ownerEmail: string }): Promise<InviteReport> {
  const { organizationId, ownerEmail } = input;
  const organization = await findOrganizationOverview({ organizationId });
  if (!organization) throw notFoundError("This organization");
  const open = organization.invitations.find((invitation) => invitation.email === ownerEmail);
  return inTransaction(async (tx) => {
    const target = { organizationId, emails: [ownerEmail], role: "owner" as const, mayRenew: () => true };
    const report = await issueInvitations(tx, actor, target);
    if (report.alreadyMembers.length > 0)
      throw new AppError("CONFLICT", "This person is a member already. An owner can change their role.");
    if (report.alreadyInvited.length > 0) {
      if (!open) throw new AppError("CONFLICT", "This address is invited with another role. Its organization can change that.");
      await takePoint(ownerResends, open.id);
      await enqueue(tx, "send-invitation", { invitationId: open.id });
      await recordAudit(tx, actor, { action: "invitation.resent", subjectId: open.id, organizationId, after: { email: ownerEmail } });
    }
    return report;
  });
}

/** @throws AppError FORBIDDEN */
export async function getOrganizationSettings(actor: MemberActor): Promise<OrganizationSettings> {
  assertCan(actor, "organization.update");
  const row = await findOrganizationSettings({ organizationId: actor.organization.id });
  if (!row) throw notFoundError("This organization");
  const { name, slug, accentColor, logoFile } = row;
  const removed = await listRemovedFiles({ organizationId: actor.organization.id }, { kinds: ["AVATAR"] });
  return { name, slug, accentColor, logo: logoFile ? await mediaView(logoFile) : null, removed: await removedFileViews(removed) };
}

/**
 * Changes the name, the accent and the logo of the member's organization; its address and its place in the storage stay. The logo that
 * is replaced is released in the same transaction.
 *
 * @throws AppError FORBIDDEN; INVALID_INPUT at `logoId` when that file can't be used
 */
export async function updateOrganization(actor: MemberActor, input: UpdateOrganizationInput): Promise<void> {
  assertCan(actor, "organization.update");
  const scope = { organizationId: actor.organization.id };
  await inTransaction(async (tx) => {
    await lockOrganization(scope, tx);
    const row = await findOrganizationSettings(scope, tx);
    if (!row) throw notFoundError("This organization");
    const { name, accentColor, logoId } = row;
    const changed = changedFields({ name, accentColor, logoId }, input);
    if (Object.keys(changed.after).length === 0) return;
    if (input.logoId && input.logoId !== logoId) await attachFile(tx, actor, input.logoId, "AVATAR");
    await saveOrganization(scope, input, tx);
    if (logoId && logoId !== input.logoId) await releaseFile(tx, actor, logoId);
    await recordAudit(tx, actor, { action: "organization.updated", subjectId: actor.organization.id, ...changed });
  });
}

type OverviewRow = Awaited<ReturnType<typeof findOrganizations>>[number];

function toRow({ id, name, slug, createdAt, storageAccount, _count }: OverviewRow): OrganizationRow {
  const usedBytes = Number(storageAccount?.usedBytes ?? 0);
  const limitBytes = Number(storageAccount?.limitBytes ?? 0);
  return { id, name, slug, createdAt, members: _count.members, courses: _count.courses, usedBytes, limitBytes };
}

/** A page of 25 organizations by name, narrowed by words in name or address. */
export async function listOrganizations(_actor: PlatformActor, input: { q?: string; page: number }): Promise<Page<OrganizationRow>> {
  const [rows, total] = await Promise.all([
    findOrganizations(input.q, { skip: (input.page - 1) * PAGE_SIZE, take: PAGE_SIZE }),
    countOrganizations(input.q),
  ]);
  return { items: rows.map(toRow), total, page: input.page, pageSize: PAGE_SIZE };
}

/** @throws AppError NOT_FOUND */
export async function getOrganization(_actor: PlatformActor, organizationId: string): Promise<OrganizationDetail> {
  const row = await findOrganizationOverview({ organizationId });
  if (!row) throw notFoundError("This organization");
  const now = new Date();
  return {
    ...toRow(row),
    storagePrefix: row.storagePrefix,
    owners: row.members.map(({ id, user }) => ({ id, name: user.name, email: user.email })),
    invitedOwners: row.invitations.map((invitation) => ({ ...invitation, expired: invitation.expiresAt <= now })),
  };
}

/** What the whole platform holds. Bytes. */
export function getPlatformTotals(_actor: PlatformActor) {
  return countPlatform();
}
