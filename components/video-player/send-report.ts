import type { LessonProgressView, ProgressReport } from "@/lib/schemas/progress";
import type { SendOutcome } from "./progress-reporter";

/** Answers after which sending the same report again would be answered the same. */
const finalStatuses = new Set([400, 403, 404, 410, 413, 422]);

type Failure = { error?: { code?: string; message?: string } };

/** Posts one report; `keepalive` lets it finish after the page is gone. A lost connection means later, never an exception. */
export async function sendReport(org: string, report: ProgressReport): Promise<SendOutcome> {
  try {
    const response = await fetch("/api/progress", {
      method: "POST",
      keepalive: true,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ org, ...report }),
    });
    if (response.ok) return { kind: "taken", view: (await response.json()) as LessonProgressView };
    if (!finalStatuses.has(response.status)) return { kind: "later" };
    const { error } = (await response.json()) as Failure;
    return { kind: "refused", code: error?.code ?? "INTERNAL", message: error?.message ?? "Your progress could not be saved." };
  } catch {
    // No connection, or it broke off: the report keeps its sequence, so it may arrive twice and counts once.
    return { kind: "later" };
  }
}
