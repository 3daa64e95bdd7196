import { z } from "zod";
import { defineMemberRoute, definePublicRoute } from "@/lib/gates/define-route";
import { uploadCors } from "@/lib/gates/upload-cors";
import { finishUploadSchema } from "@/lib/schemas/upload";
import { mediaView } from "@/lib/services/delivery-service";
import { completeUpload } from "@/lib/services/upload-service";

/** Examines what has arrived and answers with the finished file. May be asked again. */
export const POST = defineMemberRoute("media.upload", {
  input: finishUploadSchema,
  cors: uploadCors,
  run: async (actor, input) => mediaView(await completeUpload(actor, input)),
});

export const OPTIONS = definePublicRoute({
  input: z.object({}),
  cors: uploadCors,
  run: async () => new Response(null, { status: 204 }),
});
