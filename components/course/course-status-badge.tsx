import { Badge } from "@/components/ui/badge";
import { statusLabels, type CourseStatus } from "@/lib/schemas/course";

const tones = { DRAFT: "neutral", PUBLISHED: "positive", ARCHIVED: "warning" } as const;

/** A course's state. */
export function CourseStatusBadge({ status }: { status: CourseStatus }) {
  return <Badge tone={tones[status]}>{statusLabels[status]}</Badge>;
}
