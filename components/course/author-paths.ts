/** Addresses of a tenant's authoring side. `org` is a slug, the others are ids. */
export const coursesPath = (org: string) => `/o/${org}/admin/courses`;
export const newCoursePath = (org: string) => `${coursesPath(org)}/new`;
export const editCoursePath = (org: string, courseId: string) => `${coursesPath(org)}/${courseId}`;
export const curriculumPath = (org: string, courseId: string) => `${editCoursePath(org, courseId)}/curriculum`;
export const courseLearnersPath = (org: string, courseId: string) => `${editCoursePath(org, courseId)}/learners`;
export const editLessonPath = (org: string, courseId: string, lessonId: string) => `${editCoursePath(org, courseId)}/lessons/${lessonId}`;
