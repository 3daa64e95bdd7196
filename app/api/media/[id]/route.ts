import { defineMemberRoute } from "@/lib/gates/define-route";
import { mediaRequestSchema } from "@/lib/schemas/learner-course";
import { openMedia } from "@/lib/services/playback-service";

/** A fresh signed address of private media: as JSON for a player, or as a redirect with ?download=1 for a link. */
export const GET = defineMemberRoute("course.learn", {
  input: mediaRequestSchema,
  limit: { name: "media", points: 120, seconds: 60 },
  run: async (actor, { id, download, failed }) => {
    const source = await openMedia(actor, { mediaFileId: id, download: download === "1", failed: failed === "1" });
    return download ? new Response(null, { status: 302, headers: { location: source.url } }) : source;
  },
});
