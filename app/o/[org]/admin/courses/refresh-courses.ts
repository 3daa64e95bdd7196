import { revalidatePath } from "next/cache";
import type { MemberActor } from "@/lib/policies/actor";

/** What was shown of this tenant's courses, to authors and learners, is read anew. */
export function refreshCourses(actor: MemberActor): void {
  revalidatePath(`/o/${actor.organization.slug}`, "layout");
}
