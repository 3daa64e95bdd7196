"use client";
import { useRef, useState } from "react";
import { sameOrder, toOrder } from "@/components/curriculum/curriculum-order";
import type { MemberAction } from "@/components/course/member-action";
import { UNDO_SHOWN } from "@/components/deleted-content/deleted-text";
import { toast } from "@/components/ui/toast";
import type { Curriculum, CurriculumDeletion } from "@/lib/schemas/chapter";
import type { RestoreReport } from "@/lib/schemas/deleted-content";
import { useAction, type ActionOutcome } from "./use-action";
import { sayRestored } from "./use-restore";
import { useSerial } from "./use-serial";

type InCourse = { courseId: string };

/** What can be done to a curriculum; each answers with the whole of it as it then is. */
export interface CurriculumActions {
  read: MemberAction<InCourse, Curriculum>;
  arrange: MemberAction<InCourse & { version: number; chapters: { id: string; lessonIds: string[] }[] }, Curriculum>;
  addChapter: MemberAction<InCourse & { title: string }, Curriculum>;
  renameChapter: MemberAction<InCourse & { chapterId: string; from: string; title: string }, Curriculum>;
  deleteChapter: MemberAction<InCourse & { chapterId: string }, CurriculumDeletion>;
  addLesson: MemberAction<InCourse & { chapterId: string; title: string }, { lessonId: string; curriculum: Curriculum }>;
  renameLesson: MemberAction<InCourse & { lessonId: string; from: string; title: string }, Curriculum>;
  deleteLesson: MemberAction<InCourse & { lessonId: string }, CurriculumDeletion>;
  restore: MemberAction<InCourse & { deletedItemId: string }, { report: RestoreReport; curriculum: Curriculum }>;
}

/** Which curriculum, and what can be done to it. */
export interface CurriculumOptions {
  org: string;
  initial: Curriculum;
  actions: CurriculumActions;
}

/**
 * The curriculum on the screen and its changes. Moves show at once and are saved one after another; when one is refused, the page shows
 * what the server has and says why.
 */
export function useCurriculum({ org, initial, actions }: CurriculumOptions) {
  const [shown, setShown] = useState(initial);
  const version = useRef(initial.version);
  // Raised by every refusal. An order that was made on what the refusal took from the screen must not be sent after it: with the new
  // version it would pass, and undo what the other tab did.
  const epoch = useRef(0);
  const { enqueue, busy } = useSerial();
  const read = useAction(actions.read);
  const arrange = useAction(actions.arrange);
  const addChapter = useAction(actions.addChapter);
  const renameChapter = useAction(actions.renameChapter);
  const deleteChapter = useAction(actions.deleteChapter);
  const addLesson = useAction(actions.addLesson);
  const renameLesson = useAction(actions.renameLesson);
  const deleteLesson = useAction(actions.deleteLesson);
  const restoreDeleted = useAction(actions.restore);
  const { courseId } = initial;

  const settle = (curriculum: Curriculum, last: boolean) => {
    version.current = curriculum.version;
    // A later change is on the screen already; its own answer follows.
    if (last) setShown(curriculum);
  };
  /** Runs one change when its turn comes. Resolves to whether it was saved. */
  const change = (run: () => Promise<ActionOutcome<Curriculum>>, madeIn?: number): Promise<boolean> =>
    enqueue(async (isLast) => {
      if (madeIn !== undefined && madeIn !== epoch.current) return false;
      const outcome = await run();
      if (outcome.ok) {
        settle(outcome.data, isLast());
        return true;
      }
      epoch.current += 1;
      toast.error(outcome.error.message);
      const current = await read.run({ org, courseId });
      if (current.ok) settle(current.data, true);
      return false;
    });
  const inCourse = { org, courseId };
  const restore = (deletedItemId: string) =>
    change(async () => {
      const outcome = await restoreDeleted.run({ ...inCourse, deletedItemId });
      if (!outcome.ok) return outcome;
      sayRestored(outcome.data.report);
      return { ok: true, data: outcome.data.curriculum };
    });
  const remove = (run: () => Promise<ActionOutcome<CurriculumDeletion>>) =>
    change(async () => {
      const outcome = await run();
      if (!outcome.ok) return outcome;
      const { title, deletedItemId } = outcome.data.deleted;
      const undo = { label: "Undo", onClick: () => void restore(deletedItemId) };
      toast.success(`“${title}” was deleted.`, { action: undo, duration: UNDO_SHOWN });
      return { ok: true, data: outcome.data.curriculum };
    });

  return {
    curriculum: shown,
    busy,
    /** Shows and saves another order. */
    arrange: (next: Curriculum) => {
      if (sameOrder(next, shown)) return;
      setShown(next);
      const chapters = toOrder(next);
      void change(() => arrange.run({ ...inCourse, version: version.current, chapters }), epoch.current);
    },
    addChapter: (title: string) => change(() => addChapter.run({ ...inCourse, title })),
    renameChapter: (chapterId: string, from: string, title: string) =>
      change(() => renameChapter.run({ ...inCourse, chapterId, from, title })),
    deleteChapter: (chapterId: string) => remove(() => deleteChapter.run({ ...inCourse, chapterId })),
    addLesson: (chapterId: string, title: string) =>
      change(async () => {
        const outcome = await addLesson.run({ ...inCourse, chapterId, title });
        return outcome.ok ? { ok: true, data: outcome.data.curriculum } : outcome;
      }),
    renameLesson: (lessonId: string, from: string, title: string) => change(() => renameLesson.run({ ...inCourse, lessonId, from, title })),
    deleteLesson: (lessonId: string) => remove(() => deleteLesson.run({ ...inCourse, lessonId })),
    /** Brings back what was deleted. */
    restore,
  };
}

/** The curriculum's acts, for the parts of its editor. */
export type CurriculumEditing = ReturnType<typeof useCurriculum>;
