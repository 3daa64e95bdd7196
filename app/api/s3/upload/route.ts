import { defineMemberRoute, definePreflight } from "@/lib/gates/define-route";
import { uploadCors } from "@/lib/gates/upload-cors";
import { beginUploadSchema } from "@/lib/schemas/upload";
import { beginUpload } from "@/lib/services/upload-service";

/** Begins an upload, or finds the person's unfinished one of the same file, with addresses of its first parts for six minutes. */
export const POST = defineMemberRoute("media.upload", {
  input: beginUploadSchema,
  cors: uploadCors,
  limit: { name: "upload", points: 5, seconds: 60 },
  shield: true,
  run: beginUpload,
});

export const OPTIONS = definePreflight(uploadCors);
