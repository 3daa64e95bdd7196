import { Badge } from "@/components/ui/badge";
import type { SweepState } from "@/lib/schemas/storage-sweep";

const shown: Record<SweepState, { tone: "positive" | "warning" | "danger"; label: string }> = {
  DONE: { tone: "positive", label: "Done" },
  RUNNING: { tone: "warning", label: "Running" },
  STOPPED: { tone: "warning", label: "Stopped" },
  FAILED: { tone: "danger", label: "Failed" },
};

/** How far a sweep has come, in a word. */
export function StorageSweepState({ sweep: { state } }: { sweep: { state: SweepState } }) {
  return <Badge tone={shown[state].tone}>{shown[state].label}</Badge>;
}
