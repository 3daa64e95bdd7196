"use client";
import { CircleCheck } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import { formatBytes } from "@/lib/core/bytes";
import type { ActionResult } from "@/lib/core/result";
import type { ReplicaProblem, ReplicaState } from "@/lib/schemas/storage-replica";

type Retry = (input: { fileKey?: string }) => Promise<ActionResult<{ objects: number }>>;

const shown: Record<ReplicaState, { tone: "danger" | "warning" | "neutral"; label: string }> = {
  FAILED: { tone: "danger", label: "Given up" },
  PENDING: { tone: "warning", label: "Waiting" },
  DOOMED: { tone: "neutral", label: "To be deleted" },
  COPIED: { tone: "neutral", label: "Copied" },
};

function RetryButton({ retry, fileKey, label }: { retry: Retry; fileKey?: string; label: string }) {
  const { run, pending } = useAction(retry, {
    onSuccess: ({ objects }) => toast.success(objects === 1 ? "The object is tried again now." : `${objects} objects are tried again now.`),
    onError: ({ message }) => toast.error(message),
  });
  return (
    <Button
      size="sm"
      variant="secondary"
      pending={pending}
      aria-label={fileKey ? `${label}: ${fileKey}` : undefined}
      onClick={() => void run(fileKey ? { fileKey } : {})}
    >
      {label}
    </Button>
  );
}

/** Props of `StorageReplicaProblems`. */
export interface StorageReplicaProblemsProps {
  problems: readonly ReplicaProblem[];
  /** How many were given up: the list may be shorter. */
  failed: number;
  retry: Retry;
}

/** Objects whose last try failed, each with its reason. Those that were given up wait for a person. */
export function StorageReplicaProblems({ problems, failed, retry }: StorageReplicaProblemsProps) {
  if (problems.length === 0) {
    return (
      <EmptyState icon={CircleCheck} title="Nothing has failed" level={3}>
        What can&apos;t be copied is listed here with its reason. It is tried ten times within half a day before it waits for you.
      </EmptyState>
    );
  }
  return (
    <div className="grid gap-3">
      {failed > 1 ? (
        <div>
          <RetryButton retry={retry} label={`Try all ${failed.toLocaleString("en-GB")} again`} />
        </div>
      ) : null}
      <Table label="Problems of the replica">
        <TableHead>
          <TableRow>
            <TableHeader>Object</TableHeader>
            <TableHeader className="max-md:hidden">State</TableHeader>
            <TableHeader numeric className="max-lg:hidden">
              Size
            </TableHeader>
            <TableHeader numeric className="max-lg:hidden">
              Tries
            </TableHeader>
            <TableHeader>Next try</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {problems.map(({ fileKey, state, bytes, attempts, error, nextTryAt }) => (
            <TableRow key={fileKey}>
              <TableCell className="min-w-48">
                <p className="font-mono text-xs leading-5 break-all">{fileKey}</p>
                <p className="text-xs leading-5 wrap-anywhere text-muted">{error}</p>
              </TableCell>
              <TableCell className="max-md:hidden">
                <Badge tone={shown[state].tone}>{shown[state].label}</Badge>
              </TableCell>
              <TableCell numeric className="max-lg:hidden">
                {formatBytes(bytes)}
              </TableCell>
              <TableCell numeric className="max-lg:hidden">
                {attempts}
              </TableCell>
              <TableCell className="whitespace-nowrap text-muted">
                {state === "FAILED" ? <RetryButton retry={retry} fileKey={fileKey} label="Try again" /> : <Time value={nextTryAt} />}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
