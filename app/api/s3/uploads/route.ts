import { z } from "zod";
import { defineMemberRoute } from "@/lib/gates/define-route";
import { listOwnUploads } from "@/lib/services/upload-list-service";

/** What the person left in an organization: unfinished uploads, and finished ones that nothing uses. For this site's own pages. */
export const GET = defineMemberRoute("media.upload", {
  input: z.object({}),
  limit: { name: "uploads", points: 240, seconds: 60 },
  run: listOwnUploads,
});
