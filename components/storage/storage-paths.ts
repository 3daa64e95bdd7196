import { hrefWith } from "@/lib/core/page-href";
import type { FileUse, FileView, LastFileUse } from "@/lib/schemas/storage";
import { coursesPath, curriculumPath, editCoursePath, editLessonPath } from "../course/author-paths";

/** Addresses of a tenant's storage pages. `org` is a slug. */
export const storagePath = (org: string) => `/o/${org}/admin/storage`;
export const storageTransferPath = (org: string) => `${storagePath(org)}/transfer`;
export const storageFilesPath = (org: string) => `${storagePath(org)}/files`;

/** The files in one view; the largest ones are the view without a name. */
export const fileViewHref = (org: string, view: FileView) =>
  hrefWith(storageFilesPath(org), { view: view === "largest" ? undefined : view });

/** Where a file is used; the logo is in the settings. */
export function fileUseHref(org: string, { courseId, lessonId }: FileUse): string {
  if (!courseId) return `/o/${org}/admin/settings`;
  return lessonId ? editLessonPath(org, courseId, lessonId) : editCoursePath(org, courseId);
}

/** Where a released file is put back: the form that had it, or the list in which what it belonged to can be restored. */
export function lastUseHref(org: string, use: LastFileUse): string {
  if (use.place === "deleted-course") return coursesPath(org);
  if (use.place === "deleted-lesson" && use.courseId) return curriculumPath(org, use.courseId);
  return fileUseHref(org, use);
}
