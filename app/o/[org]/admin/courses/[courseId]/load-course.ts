import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import { idSchema } from "@/lib/core/id";
import { orNotFound, pageMember } from "@/lib/gates/require-actor";
import { getCourseSummary } from "@/lib/services/course-service";
import { getColdStorage } from "@/lib/services/storage-archive-service";

/** The course of a page's address with its actor, read once for the page's title, head and body. */
export const loadCourse = cache(async (org: string, courseId: string) => {
  const actor = await pageMember(org, "course.author");
  if (!idSchema.safeParse(courseId).success) notFound();
  return { actor, course: await orNotFound(getCourseSummary(actor, { courseId })) };
});

/** Where its videos are, read once for what the head offers and what the page tells. */
export const loadColdStorage = cache(async (org: string, courseId: string) => {
  const { actor } = await loadCourse(org, courseId);
  return orNotFound(getColdStorage(actor, { courseId }));
});
