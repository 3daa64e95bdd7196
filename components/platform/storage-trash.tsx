"use client";
import { SearchX, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import type { ActionResult } from "@/lib/core/result";
import type { TrashView } from "@/lib/schemas/storage-sweep";
import { StorageTrashTable } from "./storage-trash-table";

/** Props of `StorageTrash`. */
export interface StorageTrashProps {
  /** One page of the trash. */
  objects: readonly TrashView[];
  /** What the page was searched for; empty for nothing. */
  search: string;
  restore: (input: { trashedObjectIds: string[] }) => Promise<ActionResult<{ restored: number; refusals: string[] }>>;
}

const objectsOf = (count: number) => (count === 1 ? "1 object" : `${count} objects`);

function tell({ restored, refusals }: { restored: number; refusals: string[] }): void {
  const back = `${objectsOf(restored)} back in place. Sweeps leave ${restored === 1 ? "it" : "them"} alone for the whole grace.`;
  if (refusals.length === 0) toast.success(back);
  else toast.error([restored > 0 ? back : "", ...refusals].join(" ").trim());
}

/** Orphans that can still be taken back: chosen ones at once. */
export function StorageTrash({ objects, search, restore }: StorageTrashProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { run, pending } = useAction(restore, {
    onSuccess: (report) => {
      tell(report);
      setChosen(new Set());
    },
    onError: ({ message }) => toast.error(message),
  });
  // What another person has taken back meanwhile is not on the page any more.
  const ids = objects.flatMap(({ id }) => (chosen.has(id) ? [id] : []));
  if (objects.length === 0) {
    return search ? (
      <EmptyState icon={SearchX} title="No object in the trash matches" level={2}>
        Search for a part of the key, such as an organization&rsquo;s address or a file&rsquo;s id.
      </EmptyState>
    ) : (
      <EmptyState icon={Trash2} title="The trash is empty" level={2}>
        What a sweep takes stays here for some days before it is deleted for good.
      </EmptyState>
    );
  }
  return (
    <div className="grid gap-3">
      <div className="sticky top-14 z-20 flex items-center justify-between gap-3 bg-paper py-2">
        <p role="status" className="text-sm text-muted tabular-nums">
          {ids.length > 0 ? `${objectsOf(ids.length)} chosen` : "Choose what to restore."}
        </p>
        <Button size="sm" pending={pending} disabled={ids.length === 0} onClick={() => void run({ trashedObjectIds: ids })}>
          Restore
        </Button>
      </div>
      <StorageTrashTable objects={objects} chosen={chosen} choose={setChosen} />
    </div>
  );
}
