import { defineMemberRoute, definePreflight } from "@/lib/gates/define-route";
import { uploadCors } from "@/lib/gates/upload-cors";
import { uploadStatusSchema } from "@/lib/schemas/upload";
import { getUploadStatus } from "@/lib/services/upload-part-service";

/** How far an upload is: to go on with it from this or another device, or only to show it. */
export const POST = defineMemberRoute("media.upload", {
  input: uploadStatusSchema,
  cors: uploadCors,
  limit: { name: "upload-status", points: 240, seconds: 60 },
  run: getUploadStatus,
});

export const OPTIONS = definePreflight(uploadCors);
