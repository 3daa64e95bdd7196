import { defineMemberRoute } from "@/lib/gates/define-route";
import { progressReportSchema } from "@/lib/schemas/progress";
import { recordProgress } from "@/lib/services/progress-service";

/** A player sends four reports a minute; a few tabs and a queue that was offline fit beside it. */
const reports = { name: "progress", points: 60, seconds: 60 };

/** Takes one report of watched ranges; the page sends it with `keepalive` when it goes away. */
export const POST = defineMemberRoute("course.learn", {
  input: progressReportSchema,
  limit: reports,
  run: recordProgress,
});
