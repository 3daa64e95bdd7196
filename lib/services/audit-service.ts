import "server-only";
import { currentRequestId } from "../core/request-context";
import { findOrganizationNames, insertAuditEvent, listAuditEvents as findAuditEvents } from "../data/audit";
import type { Db } from "../data/transaction";
import type { Actor, PlatformActor } from "../policies/actor";
import type { AuditView } from "../schemas/audit";

export type AuditEntry = {
  /** noun.verb in the past: "course.published" */
  action: string;
  subjectId?: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** For platform and system actors, which stand in no organization */
  organizationId?: string;
};

/** Writes down who did what, in the transaction that did it. Never pass secrets in `before` or `after`. */
export async function recordAudit(tx: Db, actor: Actor, entry: AuditEntry): Promise<void> {
  await insertAuditEvent(tx, {
    organizationId: actor.kind === "member" ? actor.organization.id : entry.organizationId,
    actorId: actor.kind === "system" ? undefined : actor.userId,
    actorLabel: actor.kind === "system" ? actor.label : actor.email,
    action: entry.action,
    subjectId: entry.subjectId,
    before: entry.before,
    after: entry.after,
    requestId: currentRequestId(),
  });
}

const PAGE_SIZE = 50;

/** What was stored is an object or nothing; anything else is shown as nothing. */
function toRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
}

/**
 * A page of 50 events, newest first, of the platform or of one organization. `action` is the beginning of an action's name.
 * `next` is the `before` of the page after it, null at the end.
 */
export async function listAuditEvents(
  _actor: PlatformActor,
  filter: { before?: string; organization?: string; action?: string },
): Promise<{ items: AuditView[]; next: string | null }> {
  const { before, organization, action } = filter;
  const rows = await findAuditEvents({ before, organizationId: organization, action }, PAGE_SIZE + 1);
  const shown = rows.slice(0, PAGE_SIZE);
  const ids = new Set(shown.flatMap((row) => row.organizationId ?? []));
  const names = new Map((await findOrganizationNames([...ids])).map(({ id, name }) => [id, name]));
  const items = shown.map((row) => ({
    id: row.id,
    at: row.createdAt,
    actor: row.actorLabel,
    action: row.action,
    organization: row.organizationId ? { id: row.organizationId, name: names.get(row.organizationId) ?? "Deleted organization" } : null,
    subjectId: row.subjectId,
    before: toRecord(row.before),
    after: toRecord(row.after),
    requestId: row.requestId,
  }));
  return { items, next: rows.length > PAGE_SIZE ? (shown.at(-1)?.id ?? null) : null };
}
