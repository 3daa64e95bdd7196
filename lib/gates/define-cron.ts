import "server-only";
import { NextResponse, type NextRequest } from "next/server";
import { AppError } from "../core/app-error";
import { equalSecrets } from "../core/crypto";
import { newId } from "../core/id";
import { withRequestId } from "../core/request-context";
import { env } from "../env";
import type { SystemActor } from "../policies/actor";
import { recordCronRun } from "../services/cron-run-service";
import { answerError } from "./answer-error";

export type GatedCron = ((request: NextRequest) => Promise<Response>) & { gate: { access: "cron" } };

/**
 * A scheduled route: `Authorization: Bearer <CRON_SECRET>` in every environment, as Vercel Cron sends it. Every run is a row that the
 * platform's staff sees; what `run` returns are its counts.
 */
export function defineCron(name: string, run: (actor: SystemActor) => Promise<Record<string, number>>): GatedCron {
  const route = (request: NextRequest): Promise<Response> =>
    withRequestId(newId(), async () => {
      try {
        if (!equalSecrets(request.headers.get("authorization") ?? "", `Bearer ${env.CRON_SECRET}`)) {
          throw new AppError("UNAUTHENTICATED", "This address is for the scheduler.");
        }
        return NextResponse.json({ name, counts: await recordCronRun(name, () => run({ kind: "system", label: `cron:${name}` })) });
      } catch (error) {
        const { status, error: body } = answerError(error, `cron ${name}`);
        return NextResponse.json({ error: body }, { status });
      }
    });
  return Object.assign(route, { gate: { access: "cron" } as const });
}
