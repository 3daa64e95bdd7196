import type { ProgressReport } from "@/lib/schemas/progress";

/** Where reports wait that no server has taken yet: they outlive the tab. Kept apart for each enrolment, and so for each person. */
export interface PendingStore {
  /** Replaces what this view still has to hand over; an empty list forgets it. */
  save(viewId: string, reports: readonly ProgressReport[]): void;
  /** What other views left behind. They are forgotten by this call: whoever takes them sends them. */
  takeOthers(viewId: string): ProgressReport[];
}

const prefixOf = (enrolmentId: string) => `sidecar.progress.${enrolmentId}.`;

function isReport(value: unknown): value is ProgressReport {
  if (typeof value !== "object" || value === null) return false;
  const report = value as Partial<Record<keyof ProgressReport, unknown>>;
  return (
    typeof report.lessonId === "string" &&
    typeof report.mediaFileId === "string" &&
    typeof report.viewId === "string" &&
    typeof report.sequence === "number" &&
    typeof report.positionMs === "number" &&
    Array.isArray(report.ranges)
  );
}

function parseReports(text: string | null): ProgressReport[] {
  if (!text) return [];
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.filter(isReport) : [];
  } catch {
    // Written by another hand or cut off: there is nothing in it to send.
    return [];
  }
}

/** Reports waiting in a `Storage` such as localStorage. A full or forbidden storage only means that they wait in memory alone. */
export function createPendingStore(storage: Storage, enrolmentId: string): PendingStore {
  const prefix = prefixOf(enrolmentId);
  return {
    save(viewId, reports) {
      try {
        if (reports.length === 0) storage.removeItem(prefix + viewId);
        else storage.setItem(prefix + viewId, JSON.stringify(reports));
      } catch {
        // The reports are still in memory, from where they are sent.
      }
    },
    takeOthers(viewId) {
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter(
        (key): key is string => key !== null && key.startsWith(prefix) && key !== prefix + viewId,
      );
      return keys.flatMap((key) => {
        const reports = parseReports(storage.getItem(key));
        storage.removeItem(key);
        return reports;
      });
    },
  };
}

/** The browser's own storage, or null where its settings forbid it. */
export function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
