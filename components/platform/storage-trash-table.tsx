import { AppLink } from "@/components/ui/app-link";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatBytes } from "@/lib/core/bytes";
import type { TrashView } from "@/lib/schemas/storage-sweep";

/** Props of `StorageTrashTable`. */
export interface StorageTrashTableProps {
  objects: readonly TrashView[];
  /** Ids of the chosen objects. */
  chosen: ReadonlySet<string>;
  choose: (ids: ReadonlySet<string>) => void;
}

function Check({ label, checked, change }: { label: string; checked: boolean; change: (checked: boolean) => void }) {
  return (
    // The label is the target: a box alone is small for a finger.
    <label className="-m-2 grid size-9 cursor-pointer place-items-center">
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        onChange={(event) => change(event.target.checked)}
        className="size-4 cursor-pointer accent-(--accent)"
      />
    </label>
  );
}

function TakenBy({ object: { sweepId, takenBy } }: { object: TrashView }) {
  const name = takenBy ?? "Schedule";
  if (!sweepId) return "An earlier sweep";
  return (
    <AppLink href={`/platform/admin/storage/${sweepId}`} className="underline-offset-4 hover:underline">
      {name}
    </AppLink>
  );
}

/** Objects in the trash: what, whose sweep took them and when, and until when they can be taken back. */
export function StorageTrashTable({ objects, chosen, choose }: StorageTrashTableProps) {
  const all = objects.every(({ id }) => chosen.has(id));
  const toggle = (id: string, on: boolean) => choose(new Set(on ? [...chosen, id] : [...chosen].filter((other) => other !== id)));
  return (
    <Table label="Trash">
      <TableHead>
        <TableRow>
          <TableHeader className="w-10">
            <Check label="All on this page" checked={all} change={(on) => choose(new Set(on ? objects.map(({ id }) => id) : []))} />
          </TableHeader>
          <TableHeader>Key</TableHeader>
          <TableHeader numeric className="max-sm:hidden">
            Size
          </TableHeader>
          <TableHeader className="max-md:hidden">Taken by</TableHeader>
          <TableHeader className="max-sm:hidden">Deleted for good</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {objects.map((object) => (
          <TableRow key={object.id}>
            <TableCell className="align-top">
              <Check label={object.fileKey} checked={chosen.has(object.id)} change={(on) => toggle(object.id, on)} />
            </TableCell>
            <TableCell className="min-w-40 align-top font-mono text-xs leading-5 break-all">
              {object.fileKey}
              <p className="font-sans text-muted tabular-nums sm:hidden">
                {formatBytes(object.bytes)}, until <Time value={object.purgeAfter} format="datetime" />
              </p>
            </TableCell>
            <TableCell numeric className="align-top max-sm:hidden">
              {formatBytes(object.bytes)}
            </TableCell>
            <TableCell className="align-top whitespace-nowrap max-md:hidden">
              <TakenBy object={object} />
              <p className="text-xs text-muted">
                <Time value={object.trashedAt} />
              </p>
            </TableCell>
            <TableCell className="align-top whitespace-nowrap text-muted tabular-nums max-sm:hidden">
              <Time value={object.purgeAfter} format="datetime" />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
