import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { db } from "../db";
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

/** Newest first, a page of 50; `before` is the id of the last row seen. UUIDv7 ids are in the order of time. */
export function listAuditEvents(before?: string) {
  return db.auditEvent.findMany({ where: before ? { id: { lt: before } } : {}, orderBy: { id: "desc" }, take: 50 });
}
