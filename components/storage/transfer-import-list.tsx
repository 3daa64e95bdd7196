"use client";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import { formatBytes } from "@/lib/core/bytes";
import type { ImportView } from "@/lib/schemas/storage-transfer";
import { coursesPath } from "../course/author-paths";
import type { MemberAction } from "../course/member-action";
import { AppLink } from "../ui/app-link";
import { fileCount } from "./storage-text";
import { TransferProgress } from "./transfer-progress";
import { isUnderWay, TransferState } from "./transfer-state";

/** Props of `TransferImportList`. */
export interface TransferImportListProps {
  /** The organization's slug. */
  org: string;
  imports: readonly ImportView[];
  cancel: MemberAction<{ importId: string }, void>;
}

type RowProps = Omit<TransferImportListProps, "imports"> & { item: ImportView };

function CancelImport({ org, item, cancel }: RowProps) {
  const { run, error } = useAction(cancel, { onSuccess: () => toast.success("The import was cancelled.") });
  return (
    <ConfirmDialog
      trigger={<Button variant="secondary">Cancel</Button>}
      title="Cancel this import?"
      description="What was copied is deleted, and its space is free again. Nothing else changes."
      confirmLabel="Cancel the import"
      cancelLabel="Go on"
      error={error?.message}
      onConfirm={async () => (await run({ org, importId: item.id })).ok}
    />
  );
}

function ImportRow(props: RowProps) {
  const { org, item } = props;
  return (
    <li className="grid gap-3 px-4 py-4 sm:px-6">
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
        <TransferState state={item.state} />
        <p className="text-sm font-medium">From {item.sourceName}</p>
        <p className="mr-auto text-sm text-muted tabular-nums">
          {item.courses === 1 ? "1 course" : `${item.courses} courses`}, {fileCount(item.files)}, {formatBytes(item.bytes)},{" "}
          <Time value={item.finishedAt ?? item.createdAt} />
        </p>
        {item.state === "DONE" ? (
          <Button asChild variant="secondary" size="sm">
            <AppLink href={coursesPath(org)}>Go to the courses</AppLink>
          </Button>
        ) : null}
      </div>
      {isUnderWay(item) ? (
        <TransferProgress label="Import" doneBytes={item.doneBytes} bytes={item.bytes} action={<CancelImport {...props} />} />
      ) : null}
      {item.error ? <p className="text-sm text-muted">{item.error} Nothing of it was kept.</p> : null}
    </li>
  );
}

/** The latest imports with their progress and how they ended. */
export function TransferImportList({ imports, ...props }: TransferImportListProps) {
  return (
    <Card>
      <ul aria-label="Imports" className="divide-y divide-line">
        {imports.map((item) => (
          <ImportRow key={item.id} item={item} {...props} />
        ))}
      </ul>
    </Card>
  );
}
