import { db } from "@/lib/db";
import type { CourseDetails } from "@/lib/schemas/course";

/** A rich text of one paragraph. */
export const text = (words: string) => ({
  type: "doc" as const,
  content: [{ type: "paragraph" as const, content: [{ type: "text" as const, text: words }] }],
});

/** What the course form would send back without a change. */
export function formOf({ id, version, title, slug, summary, description, level, category, thumbnail }: CourseDetails) {
  return { courseId: id, version, title, slug, summary, description, level, category, thumbnailId: thumbnail?.id ?? null };
}

/** The newest audit row about a thing. */
export const lastAudit = (subjectId: string) => db.auditEvent.findFirst({ where: { subjectId }, orderBy: { id: "desc" } });

/** The state of a file in the ledger. */
export const stateOf = async (id: string) => (await db.mediaFile.findUniqueOrThrow({ where: { id } })).state;
