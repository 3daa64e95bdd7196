import { z } from "zod";
import { defineMemberRoute, definePublicRoute } from "@/lib/gates/define-route";
import { uploadCors } from "@/lib/gates/upload-cors";
import { finishUploadSchema } from "@/lib/schemas/upload";
import { cancelUpload } from "@/lib/services/upload-service";

/** Gives up an upload and frees its bytes. May be asked again. */
export const POST = defineMemberRoute("media.upload", {
  input: finishUploadSchema,
  cors: uploadCors,
  run: async (actor, input) => {
    await cancelUpload(actor, input);
    return new Response(null, { status: 204 });
  },
});

export const OPTIONS = definePublicRoute({
  input: z.object({}),
  cors: uploadCors,
  run: async () => new Response(null, { status: 204 }),
});
