import { definePlatformRoute } from "@/lib/gates/define-route";
import { sweepFindingsSchema } from "@/lib/schemas/storage-sweep";
import { exportFindings, getSweep } from "@/lib/services/storage-report-service";

export const GET = definePlatformRoute({
  input: sweepFindingsSchema,
  run: async (actor, { id }) => {
    await getSweep(actor, id);
    const lines = exportFindings(actor, id);
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const next = await lines.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      },
      async cancel() {
        await lines.return(undefined);
      },
    });
    return new Response(body, {
      headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="storage-sweep-${id}.csv"` },
    });
  },
});
