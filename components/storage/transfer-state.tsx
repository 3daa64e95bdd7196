import { Badge } from "@/components/ui/badge";
import type { TransferState as State } from "@/lib/schemas/storage-transfer";

const shown: Record<State, { tone: "positive" | "warning" | "danger" | "neutral"; label: string }> = {
  QUEUED: { tone: "warning", label: "Waiting" },
  RUNNING: { tone: "warning", label: "Running" },
  DONE: { tone: "positive", label: "Done" },
  FAILED: { tone: "danger", label: "Ended" },
  EXPIRED: { tone: "neutral", label: "Archive deleted" },
};

/** How far an export or import has come, in a word. */
export function TransferState({ state }: { state: State }) {
  return <Badge tone={shown[state].tone}>{shown[state].label}</Badge>;
}

/** Does somebody wait for it? */
export const isUnderWay = ({ state }: { state: State }) => state === "QUEUED" || state === "RUNNING";
