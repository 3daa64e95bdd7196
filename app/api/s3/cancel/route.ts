import { defineMemberRoute, definePreflight } from "@/lib/gates/define-route";
import { uploadCors } from "@/lib/gates/upload-cors";
import { uploadIdSchema } from "@/lib/schemas/upload";
import { cancelUpload } from "@/lib/services/upload-completion-service";

/** Gives up an upload and frees its bytes. May be asked again. */
export const POST = defineMemberRoute("media.upload", {
  input: uploadIdSchema,
  cors: uploadCors,
  limit: { name: "upload-cancel", points: 240, seconds: 60 },
  run: async (actor, input) => {
    await cancelUpload(actor, input);
    return new Response(null, { status: 204 });
  },
});

export const OPTIONS = definePreflight(uploadCors);
