import { toast } from "@/components/ui/toast";
import type { RemovedFile } from "@/lib/schemas/deleted-content";
import { UNDO_SHOWN } from "./deleted-text";

/** Props of `saySaved`. */
export interface SavedNews {
  text: string;
  /** What the server keeps of the subject after the save. */
  removed: readonly RemovedFile[];
  /** Ids of the files that were in the form before the save. */
  before: readonly string[];
  /** Puts the files that the save removed where they were, and saves that. */
  undo: (ids: readonly string[]) => void;
}

/** Says that a form was saved; when files went with that, names them and offers to undo it. */
export function saySaved({ text, removed, before, undo }: SavedNews): void {
  const went = removed.filter(({ id }) => before.includes(id));
  if (went.length === 0) {
    toast.success(text);
    return;
  }
  toast.success(text, {
    description: `Removed: ${went.map(({ fileName }) => fileName).join(", ")}. It can be put back on this page for a while.`,
    duration: UNDO_SHOWN,
    action: { label: "Undo", onClick: () => undo(went.map(({ id }) => id)) },
  });
}
