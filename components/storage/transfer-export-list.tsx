"use client";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import { formatBytes } from "@/lib/core/bytes";
import type { ExportView } from "@/lib/schemas/storage-transfer";
import type { MemberAction } from "../course/member-action";
import { fileCount } from "./storage-text";
import { TransferLink } from "./transfer-link";
import { TransferProgress } from "./transfer-progress";
import { isUnderWay, TransferState } from "./transfer-state";

/** Props of `TransferExportList`. */
export interface TransferExportListProps {
  /** The organization's slug. */
  org: string;
  exports: readonly ExportView[];
  cancel: MemberAction<{ exportId: string }, void>;
  remove: MemberAction<{ exportId: string }, void>;
}

type RowProps = Omit<TransferExportListProps, "exports"> & { item: ExportView };

function CancelExport({ org, item, cancel }: RowProps) {
  const { run, error } = useAction(cancel, { onSuccess: () => toast.success("The export was cancelled.") });
  return (
    <ConfirmDialog
      trigger={<Button variant="secondary">Cancel</Button>}
      title="Cancel this export?"
      description="What is done of the archive is deleted. Courses and files stay as they are."
      confirmLabel="Cancel the export"
      cancelLabel="Go on"
      error={error?.message}
      onConfirm={async () => (await run({ org, exportId: item.id })).ok}
    />
  );
}

function DeleteExport({ org, item, remove }: RowProps) {
  const { run, error } = useAction(remove, { onSuccess: () => toast.success("The archive is being deleted. Its link no longer works.") });
  return (
    <ConfirmDialog
      trigger={
        <Button variant="secondary" size="sm">
          Delete now
        </Button>
      }
      title="Delete this archive?"
      description="Its link stops working at once. Courses and files stay as they are."
      confirmLabel="Delete the archive"
      error={error?.message}
      onConfirm={async () => (await run({ org, exportId: item.id })).ok}
    />
  );
}

function ExportRow(props: RowProps) {
  const { item } = props;
  return (
    <li className="grid gap-3 px-4 py-4 sm:px-6">
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
        <TransferState state={item.state} />
        <p className="text-sm font-medium tabular-nums">
          {fileCount(item.files)}, {formatBytes(item.bytes)}
        </p>
        <p className="mr-auto text-sm text-muted">
          <Time value={item.finishedAt ?? item.createdAt} />
          {item.startedBy ? `, asked for by ${item.startedBy}` : ""}
        </p>
        {item.state === "DONE" ? <DeleteExport {...props} /> : null}
      </div>
      {isUnderWay(item) ? (
        <TransferProgress label="Export" doneBytes={item.doneBytes} bytes={item.bytes} action={<CancelExport {...props} />} />
      ) : null}
      {item.error ? <p className="text-sm text-muted">{item.error}</p> : null}
      {item.link ? <TransferLink link={item.link} /> : null}
      {item.state === "DONE" && item.expiresAt ? (
        <p className="text-sm text-muted">
          Kept until <Time value={item.expiresAt} format="datetime" />. Whoever has the link can download the archive.
        </p>
      ) : null}
    </li>
  );
}

/** The latest exports: their progress, and while there is one, the link to the archive. */
export function TransferExportList({ exports, ...props }: TransferExportListProps) {
  return (
    <Card>
      <ul aria-label="Exports" className="divide-y divide-line">
        {exports.map((item) => (
          <ExportRow key={item.id} item={item} {...props} />
        ))}
      </ul>
    </Card>
  );
}
