"use client";
import { Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import { formatBytes } from "@/lib/core/bytes";
import type { ActionResult } from "@/lib/core/result";
import type { TrashView } from "@/lib/schemas/storage-sweep";

type Restore = (input: { trashedObjectId: string }) => Promise<ActionResult<{ fileKey: string }>>;

function RestoreButton({ object, restore }: { object: TrashView; restore: Restore }) {
  const { run, pending } = useAction(restore, {
    onSuccess: () => toast.success("The object lies where it was again. Sweeps leave it alone until it is a week old."),
    onError: ({ message }) => toast.error(message),
  });
  return (
    <Button
      size="sm"
      variant="secondary"
      pending={pending}
      aria-label={`Restore ${object.fileKey}`}
      onClick={() => void run({ trashedObjectId: object.id })}
    >
      Restore
    </Button>
  );
}

/** Orphans that can still be taken back, the latest first. */
export function StorageTrashTable({ objects, restore }: { objects: readonly TrashView[]; restore: Restore }) {
  if (objects.length === 0) {
    return (
      <EmptyState icon={Trash2} title="The trash is empty" level={3}>
        What a sweep takes stays here for some days before it is deleted for good.
      </EmptyState>
    );
  }
  return (
    <Table label="Trash">
      <TableHead>
        <TableRow>
          <TableHeader>Key</TableHeader>
          <TableHeader numeric className="max-sm:hidden">
            Size
          </TableHeader>
          <TableHeader className="max-sm:hidden">Deleted for good</TableHeader>
          <TableHeader>
            <span className="sr-only">Actions</span>
          </TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {objects.map((object) => (
          <TableRow key={object.id}>
            <TableCell className="min-w-40 font-mono text-xs leading-5 break-all">{object.fileKey}</TableCell>
            <TableCell numeric className="max-sm:hidden">
              {formatBytes(object.bytes)}
            </TableCell>
            <TableCell className="whitespace-nowrap text-muted max-sm:hidden">
              <Time value={object.purgeAfter} format="date" />
            </TableCell>
            <TableCell>
              <RestoreButton object={object} restore={restore} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
