/** Addresses of a tenant's learner side. `org` and `course` are slugs, `lesson` is an id. */
export const homePath = (org: string) => `/o/${org}`;
export const cataloguePath = (org: string) => `/o/${org}/courses`;
export const coursePath = (org: string, course: string) => `/o/${org}/courses/${course}`;
export const lessonPath = (org: string, course: string, lesson: string) => `/o/${org}/courses/${course}/lessons/${lesson}`;
/** A link that leads to a fresh signed address of an attachment and so to its download. */
export const downloadPath = (org: string, mediaFileId: string) => `/api/media/${mediaFileId}?org=${encodeURIComponent(org)}&download=1`;
