import { hrefWith } from "@/lib/core/page-href";
import type { FileUse, FileView } from "@/lib/schemas/storage";
import { editCoursePath, editLessonPath } from "../course/author-paths";

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
