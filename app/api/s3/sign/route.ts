import { defineMemberRoute, definePreflight } from "@/lib/gates/define-route";
import { uploadCors } from "@/lib/gates/upload-cors";
import { signPartsSchema } from "@/lib/schemas/upload";
import { signParts } from "@/lib/services/upload-part-service";

/** Addresses for the next parts of an upload, for six minutes. */
export const POST = defineMemberRoute("media.upload", {
  input: signPartsSchema,
  cors: uploadCors,
  // Eight parts of 16 MiB each time: half a gigabyte a second.
  limit: { name: "upload-sign", points: 240, seconds: 60 },
  run: signParts,
});

export const OPTIONS = definePreflight(uploadCors);
