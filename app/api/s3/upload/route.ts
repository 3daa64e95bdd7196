import { z } from "zod";
import { defineMemberRoute, definePublicRoute } from "@/lib/gates/define-route";
import { uploadCors } from "@/lib/gates/upload-cors";
import { beginUploadSchema } from "@/lib/schemas/upload";
import { beginUpload } from "@/lib/services/upload-service";

/** Gives an author an address that takes one PUT of exactly this file, for six minutes. */
export const POST = defineMemberRoute("media.upload", {
  input: beginUploadSchema,
  cors: uploadCors,
  limit: { name: "upload", points: 5, seconds: 60 },
  shield: true,
  run: beginUpload,
});

export const OPTIONS = definePublicRoute({
  input: z.object({}),
  cors: uploadCors,
  run: async () => new Response(null, { status: 204 }),
});
