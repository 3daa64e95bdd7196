"use server";
import { defineMemberAction } from "@/lib/gates/define-action";
import type { MemberActor } from "@/lib/policies/actor";
import { addChapterSchema, arrangeCurriculumSchema, chapterIdSchema, renameChapterSchema } from "@/lib/schemas/chapter";
import { courseIdSchema } from "@/lib/schemas/course";
import { restoreInCourseSchema, type RestoreInCourseInput } from "@/lib/schemas/deleted-content";
import { addLessonSchema, lessonIdSchema, renameLessonSchema } from "@/lib/schemas/lesson";
import * as chapters from "@/lib/services/chapter-service";
import { restoreDeleted } from "@/lib/services/deleted-content-service";
import * as lessons from "@/lib/services/lesson-service";
import { refreshCourses } from "../../refresh-courses";

/** A service call after which what pages show of the tenant's courses is read anew. */
const refreshing =
  <I, T>(work: (actor: MemberActor, input: I) => Promise<T>) =>
  async (actor: MemberActor, input: I): Promise<T> => {
    const result = await work(actor, input);
    refreshCourses(actor);
    return result;
  };

export const read = defineMemberAction("course.author", {
  input: courseIdSchema,
  run: (actor, input) => chapters.getCurriculum(actor, input),
});

export const arrange = defineMemberAction("course.author", {
  input: arrangeCurriculumSchema,
  run: refreshing(chapters.arrangeCurriculum),
});

export const addChapter = defineMemberAction("course.author", { input: addChapterSchema, run: refreshing(chapters.addChapter) });

export const renameChapter = defineMemberAction("course.author", { input: renameChapterSchema, run: refreshing(chapters.renameChapter) });

export const deleteChapter = defineMemberAction("course.author", { input: chapterIdSchema, run: refreshing(chapters.deleteChapter) });

export const addLesson = defineMemberAction("course.author", { input: addLessonSchema, run: refreshing(lessons.addLesson) });

export const renameLesson = defineMemberAction("course.author", { input: renameLessonSchema, run: refreshing(lessons.renameLesson) });

export const deleteLesson = defineMemberAction("course.author", { input: lessonIdSchema, run: refreshing(lessons.deleteLesson) });

export const restore = defineMemberAction("course.author", {
  input: restoreInCourseSchema,
  run: refreshing(async (actor, input: RestoreInCourseInput) => {
    const report = await restoreDeleted(actor, input);
    return { report, curriculum: await chapters.getCurriculum(actor, input) };
  }),
});
