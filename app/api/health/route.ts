import { NextResponse } from "next/server";
import { z } from "zod";
import { definePublicRoute } from "@/lib/gates/define-route";
import { checkHealth } from "@/lib/services/health-service";

/** For load balancers and monitors: 200 when database and storage answer, else 503. Why not is in the log. */
export const GET = definePublicRoute({
  input: z.object({}),
  run: async () => {
    const { healthy } = await checkHealth();
    return NextResponse.json({ status: healthy ? "ok" : "unavailable" }, { status: healthy ? 200 : 503 });
  },
});
