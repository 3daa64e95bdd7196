import { definePublicRoute } from "@/lib/gates/define-route";
import { archiveLinkSchema } from "@/lib/schemas/storage-transfer";
import { openExportLink } from "@/lib/services/storage-export-service";

/** The link of an export: whoever has it gets the archive, from the bucket itself. */
export const GET = definePublicRoute({
  input: archiveLinkSchema,
  limit: { name: "export-link", points: 30, seconds: 60 },
  label: "/api/exports/[id]/[secret]",
  run: async (_actor, link) => {
    const { url } = await openExportLink(link);
    return new Response(null, { status: 302, headers: { location: url } });
  },
});
