"use client";
import { RecentlyDeleted } from "@/components/deleted-content/recently-deleted";
import { useRestore } from "@/hooks/use-restore";
import type { DeletedItemView, RestoreReport } from "@/lib/schemas/deleted-content";
import type { MemberAction } from "./member-action";

/** Props of `DeletedCourses`. */
export interface DeletedCoursesProps {
  org: string;
  items: readonly DeletedItemView[];
  restore: MemberAction<{ deletedItemId: string }, RestoreReport>;
}

/** Courses that were deleted and can still be restored. */
export function DeletedCourses({ org, items, restore }: DeletedCoursesProps) {
  const { run, pending } = useRestore(org, restore);
  return <RecentlyDeleted items={items} busy={pending} onRestore={run} />;
}
