"use client";
import { Archive, ArchiveRestore, Ellipsis, FileX2, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { UNDO_SHOWN, undoSentence } from "@/components/deleted-content/deleted-text";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toRoute } from "@/components/ui/route";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import { useRestore } from "@/hooks/use-restore";
import { canMove, isDeletable } from "@/lib/policies/course-policy";
import type { CourseMove, CourseSummary } from "@/lib/schemas/course";
import type { DeletionReceipt, RestoreReport } from "@/lib/schemas/deleted-content";
import { coursesPath } from "./author-paths";
import { ReturningVideos } from "./cold-storage-returning";
import type { MemberAction } from "./member-action";

/** Props of `CourseActions`. */
export interface CourseActionsProps {
  org: string;
  course: CourseSummary;
  /** Its videos that are on their way out of cold storage, and when the last of them should be ready, once that is known. */
  returning: { files: number; readyAt: Date | null };
  canDelete: boolean;
  move: MemberAction<{ courseId: string; move: CourseMove }, CourseSummary>;
  remove: MemberAction<{ courseId: string; title: string }, DeletionReceipt>;
  restore: MemberAction<{ deletedItemId: string }, RestoreReport>;
  /** How long a deleted course can be restored. */
  undoHours: number;
}

const done: Record<CourseMove, string> = {
  publish: "Published. It is in the catalogue now.",
  unpublish: "Back to draft. Only authors see it.",
  archive: "Archived. It is out of the catalogue.",
  restore: "Restored as a draft.",
};
const people = (count: number) => (count === 1 ? "1 learner" : `${count} learners`);

/** What each question says; a course that nobody takes is not said to have people. */
const consequences = {
  unpublish: (learners: number) =>
    learners === 0
      ? "It leaves the catalogue. Nobody is enrolled in it yet."
      : `It leaves the catalogue, and ${people(learners)} can't open it until it is published again. Their progress is kept.`,
  archive: (learners: number) =>
    learners === 0
      ? "It leaves the catalogue and nobody can enrol. It can be restored at any time."
      : `It leaves the catalogue and nobody new can enrol. The people who are enrolled (${people(learners)}) keep it.`,
  delete: (learners: number) =>
    learners === 0
      ? "Its lessons and their files go with it."
      : `Its lessons, their files and the progress of ${people(learners)} go with it.`,
};

/** Publish, take back, archive, restore and delete: what the course's state allows. */
export function CourseActions({ org, course, returning, canDelete, undoHours, ...actions }: CourseActionsProps) {
  const router = useRouter();
  const [asking, setAsking] = useState<"publish" | "unpublish" | "archive" | "delete" | null>(null);
  const moving = useAction(actions.move, { onError: (error) => toast.error(error.message) });
  const removing = useAction(actions.remove);
  const restoring = useRestore(org, actions.restore);

  const go = async (next: CourseMove) => {
    const outcome = await moving.run({ org, courseId: course.id, move: next });
    if (outcome.ok) toast.success(done[next]);
    router.refresh();
    return outcome.ok;
  };
  const deleteNow = async () => {
    const outcome = await removing.run({ org, courseId: course.id, title: course.title });
    if (!outcome.ok) return false;
    const { deletedItemId } = outcome.data;
    toast.success(`“${course.title}” was deleted.`, {
      action: { label: "Undo", onClick: () => restoring.run(deletedItemId) },
      duration: UNDO_SHOWN,
    });
    router.push(toRoute(coursesPath(org)));
    return true;
  };
  const close = (open: boolean) => {
    if (!open) setAsking(null);
  };
  const offers = (next: CourseMove) => canMove(course.status, next);

  return (
    <>
      {offers("publish") ? (
        <Button onClick={() => (returning.files > 0 ? setAsking("publish") : void go("publish"))} pending={moving.pending}>
          Publish
        </Button>
      ) : null}
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="secondary" size="icon" aria-label="More acts on this course">
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          {offers("unpublish") ? (
            <DropdownMenuItem onSelect={() => setAsking("unpublish")}>
              <FileX2 aria-hidden /> Back to draft
            </DropdownMenuItem>
          ) : null}
          {offers("archive") ? (
            <DropdownMenuItem onSelect={() => setAsking("archive")}>
              <Archive aria-hidden /> Archive
            </DropdownMenuItem>
          ) : null}
          {offers("restore") ? (
            <DropdownMenuItem onSelect={() => void go("restore")}>
              <ArchiveRestore aria-hidden /> Restore as draft
            </DropdownMenuItem>
          ) : null}
          {canDelete ? (
            <>
              <DropdownMenuSeparator />
              <DropdownMenuItem tone="danger" disabled={!isDeletable(course.status)} onSelect={() => setAsking("delete")}>
                <Trash2 aria-hidden /> {isDeletable(course.status) ? "Delete" : "Delete (not while published)"}
              </DropdownMenuItem>
            </>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmDialog
        open={asking === "publish"}
        onOpenChange={close}
        title="Publish before its videos are back?"
        description={<ReturningVideos {...returning} />}
        confirmLabel="Publish"
        tone="primary"
        onConfirm={() => go("publish")}
      />
      <ConfirmDialog
        open={asking === "unpublish"}
        onOpenChange={close}
        title="Take this course back to draft?"
        description={consequences.unpublish(course.learners)}
        confirmLabel="Back to draft"
        tone="primary"
        onConfirm={() => go("unpublish")}
      />
      <ConfirmDialog
        open={asking === "archive"}
        onOpenChange={close}
        title="Archive this course?"
        description={consequences.archive(course.learners)}
        confirmLabel="Archive course"
        tone="primary"
        onConfirm={() => go("archive")}
      />
      <ConfirmDialog
        open={asking === "delete"}
        onOpenChange={close}
        title="Delete this course?"
        description={`${consequences.delete(course.learners)} ${undoSentence(undoHours)}`}
        confirmLabel="Delete course"
        typeToConfirm={course.title}
        pending={removing.pending}
        error={removing.error?.message}
        onConfirm={deleteNow}
      />
    </>
  );
}
