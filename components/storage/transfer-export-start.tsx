"use client";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import { formatBytes } from "@/lib/core/bytes";
import type { TransferOverview } from "@/lib/schemas/storage-transfer";
import type { MemberAction } from "../course/member-action";
import { fileCount } from "./storage-text";

/** Props of `TransferExportStart`. */
export interface TransferExportStartProps {
  /** The organization's slug. */
  org: string;
  overview: Pick<TransferOverview, "courses" | "content" | "cold">;
  /** One is under way already. */
  busy: boolean;
  start: MemberAction<{ leaveOutCold: boolean }, void>;
}

/** Says what an export holds, and begins one. */
export function TransferExportStart({ org, overview: { courses, content, cold }, busy, start }: TransferExportStartProps) {
  const { run, pending, error } = useAction(start, { onSuccess: () => toast.success("The export begins within a minute.") });
  const leaveOutCold = cold.files > 0;
  const bytes = formatBytes(content.bytes - cold.bytes);
  return (
    <div className="grid gap-3">
      {leaveOutCold ? (
        <Alert tone="warning" title={`${fileCount(cold.files)} (${formatBytes(cold.bytes)}) can’t be read at once`}>
          They lie in the provider’s archive. Restore their courses first, or export without them: the archive then names what was left out.
        </Alert>
      ) : null}
      {error ? (
        <Alert tone="danger" live>
          {error.message}
        </Alert>
      ) : null}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <p className="text-sm text-muted tabular-nums">
          {courses === 1 ? "1 course" : `${courses} courses`}, {fileCount(content.files - cold.files)}, {bytes}
        </p>
        <Button pending={pending} disabled={busy} onClick={() => void run({ org, leaveOutCold })}>
          {leaveOutCold ? "Export without archived files" : "Export everything"}
        </Button>
      </div>
    </div>
  );
}
