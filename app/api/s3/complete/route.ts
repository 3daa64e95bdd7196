import { defineMemberRoute, definePreflight } from "@/lib/gates/define-route";
import { uploadCors } from "@/lib/gates/upload-cors";
import { uploadIdSchema } from "@/lib/schemas/upload";
import { mediaView } from "@/lib/services/delivery-service";
import { completeUpload } from "@/lib/services/upload-completion-service";

/** A store may take its time to put thousands of parts together. */
export const maxDuration = 60;

/** Has the parts put together, examines the file and answers with it. May be asked again. */
export const POST = defineMemberRoute("media.upload", {
  input: uploadIdSchema,
  cors: uploadCors,
  limit: { name: "upload-complete", points: 240, seconds: 60 },
  run: async (actor, input) => mediaView(await completeUpload(actor, input)),
});

export const OPTIONS = definePreflight(uploadCors);
