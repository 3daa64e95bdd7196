import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
import { likeText } from "./like-text";
import type { Db } from "./transaction";

export type AuditRow = {
  organizationId?: string;
  actorId?: string;
  actorLabel: string;
  action: string;
  subjectId?: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  requestId?: string;
};

/** Dates become text and undefined goes, as JSON would have it. */
function toJson(value: Record<string, unknown> | undefined): Prisma.InputJsonValue | undefined {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue);
}

export async function insertAuditEvent(tx: Db, row: AuditRow): Promise<void> {
  await tx.auditEvent.create({ data: { ...row, before: toJson(row.before), after: toJson(row.after) } });
}

/**
 * Events of the whole platform or of one organization, newest first. `before` is the id of the last row seen: UUIDv7 ids are in the
 * order of time, and a row that is added meanwhile shifts no page.
 */
export function listAuditEvents(filter: { before?: string; organizationId?: string; action?: string }, take: number, client: Db = db) {
  return client.auditEvent.findMany({
    where: {
      id: filter.before ? { lt: filter.before } : undefined,
      organizationId: filter.organizationId,
      action: filter.action ? { startsWith: likeText(filter.action) } : undefined,
    },
    orderBy: { id: "desc" },
    take,
  });
}

/** Names of these organizations, for the rows of a list. */
export function findOrganizationNames(ids: readonly string[], client: Db = db) {
  return client.organization.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } });
}
