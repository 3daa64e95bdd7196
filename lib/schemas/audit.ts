import { z } from "zod";
import { idSchema } from "../core/id";
import { searchSchema } from "./member";

/** What the address of the audit page says. `before` is the id of the last event seen. */
export const listAuditSchema = z.object({
  before: idSchema.optional().catch(undefined),
  organization: idSchema.optional().catch(undefined),
  action: searchSchema,
});

export type AuditView = {
  id: string;
  at: Date;
  actor: string;
  action: string;
  organization: { id: string; name: string } | null;
  subjectId: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  requestId: string | null;
};
