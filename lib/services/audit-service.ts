import "server-only";
import { currentRequestId } from "../core/request-context";
import { insertAuditEvent } from "../data/audit";
import type { Db } from "../data/transaction";
import type { Actor } from "../policies/actor";

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
