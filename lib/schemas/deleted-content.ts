import { z } from "zod";
import { idSchema } from "../core/id";
import type { MediaView } from "./media";

export const deletedKinds = ["COURSE", "CHAPTER", "LESSON", "FILES"] as const;
export type DeletedKind = (typeof deletedKinds)[number];

export const deletedItemIdSchema = z.object({ deletedItemId: idSchema });
export type DeletedItemIdInput = z.output<typeof deletedItemIdSchema>;

/** From a course's curriculum, which is read anew after it. */
export const restoreInCourseSchema = deletedItemIdSchema.extend({ courseId: idSchema });
export type RestoreInCourseInput = z.output<typeof restoreInCourseSchema>;

/** Emptying asks for the organization's name, so that no other one is emptied by mistake. */
export const emptyStorageSchema = z.object({ name: z.string().max(200) });
export type EmptyStorageInput = z.output<typeof emptyStorageSchema>;

/** What went with something that was deleted. `chapter`: the title of the chapter that a lesson stood in. */
export const deletedCountsSchema = z.object({
  lessons: z.int().catch(0),
  learners: z.int().catch(0),
  files: z.int().catch(0),
  bytes: z.number().catch(0),
  chapter: z.string().optional().catch(undefined),
});
export type DeletedCounts = z.output<typeof deletedCountsSchema>;

/** Something that was deleted and can still be restored. */
export type DeletedItemView = {
  id: string;
  kind: DeletedKind;
  title: string;
  counts: DeletedCounts;
  deletedAt: Date;
  deletedBy: string | null;
  /** Until when it can be restored */
  keptUntil: Date;
};

/** What a deletion answers: enough to offer "Undo". */
export type DeletionReceipt = { deletedItemId: string; title: string; keptUntil: Date };

/** What a restoration could not bring back as it was. */
export type RestoreReport = {
  title: string;
  courseId: string;
  /** Names of files that were deleted for good meanwhile */
  lostFiles: string[];
  /** The chapter that a lesson went to, since its own is gone */
  movedTo: string | null;
  /** The new address of a course whose own was taken meanwhile */
  newSlug: string | null;
};

/** `left`: uses that have another file by now, or are gone themselves. */
export type RefillReport = { restored: number; left: number };

/** A file that was removed from a form's field and can still be put back. */
export type RemovedFile = MediaView & { keptUntil: Date };
