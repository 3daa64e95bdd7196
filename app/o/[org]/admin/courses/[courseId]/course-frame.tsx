import type { ReactNode } from "react";
import { CourseActions } from "@/components/course/course-actions";
import { CourseHeader } from "@/components/course/course-header";
import { can } from "@/lib/policies/access-policy";
import { undoHours } from "@/lib/services/deleted-content-service";
import { restore } from "../actions";
import { move, remove } from "./course-actions";
import { loadColdStorage, loadCourse } from "./load-course";

/** The head, tabs and acts that the pages of one course share, above the page itself. */
export async function CourseFrame({ org, courseId, children }: { org: string; courseId: string; children: ReactNode }) {
  const [{ actor, course }, { sums, readyAt }] = await Promise.all([loadCourse(org, courseId), loadColdStorage(org, courseId)]);
  return (
    <div className="grid gap-6">
      <CourseHeader
        org={org}
        course={course}
        actions={
          <CourseActions
            org={org}
            course={course}
            returning={{ files: sums.returning.files, readyAt }}
            canDelete={can(actor, "course.delete")}
            undoHours={undoHours()}
            move={move}
            remove={remove}
            restore={restore}
          />
        }
      />
      {children}
    </div>
  );
}
