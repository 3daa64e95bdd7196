import { ArrowRight, Truck } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatBytes } from "@/lib/core/bytes";
import { moveSums, moveTitle } from "@/lib/schemas/move-text";
import type { MoveView } from "@/lib/schemas/storage-move";

function State({ move }: { move: MoveView }) {
  if (move.silent) return <Badge tone="danger">Silent</Badge>;
  if (move.state === "RUNNING") return <Badge tone="accent">Running</Badge>;
  if (move.state === "FAILED") return <Badge tone="danger">Failed</Badge>;
  return move.problems > 0 ? <Badge tone="warning">{move.problems} to look at</Badge> : <Badge tone="positive">Done</Badge>;
}

function Result({ move }: { move: MoveView }) {
  const { files, done, doneBytes, bytes } = move.counts;
  const sums = moveSums(move);
  if (move.state === "DONE" && sums.length === 0) return "There was nothing to do.";
  return (
    <div className="grid gap-1.5">
      {move.silent ? <p>No sign of life for two minutes. Start the same command again: it goes on with what is left.</p> : null}
      {move.error ? <p>{move.error}</p> : null}
      {move.state === "RUNNING" && files > 0 ? (
        <>
          <ProgressBar label="Files looked at" value={done} max={files} valueText={`${done} of ${files} files`} size="sm" />
          <p className="text-muted">
            {done.toLocaleString("en-GB")} of {files.toLocaleString("en-GB")} files, {formatBytes(doneBytes)} of {formatBytes(bytes)}
          </p>
        </>
      ) : null}
      <ul className="grid gap-0.5 tabular-nums">
        {sums.map(({ label, files: count }) => (
          <li key={label}>
            {label}: {count.toLocaleString("en-GB")}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The latest runs of moves. */
export function StorageMoveTable({ moves }: { moves: readonly MoveView[] }) {
  if (moves.length === 0) {
    return (
      <EmptyState icon={Truck} title="No move yet" level={3}>
        The commands below begin one. Each run leaves a row here.
      </EmptyState>
    );
  }
  return (
    <Table label="Latest moves">
      <TableHead>
        <TableRow>
          <TableHeader>Move</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader className="max-sm:hidden">From, to</TableHeader>
          <TableHeader>Result</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {moves.map((move) => (
          <TableRow key={move.id}>
            <TableCell className="align-top">
              <p className="font-medium">{moveTitle(move)}</p>
              <p className="text-xs text-muted">
                <Time value={move.startedAt} />
              </p>
            </TableCell>
            <TableCell className="align-top">
              <State move={move} />
            </TableCell>
            <TableCell className="align-top font-mono text-xs leading-5 wrap-anywhere max-sm:hidden">
              {move.source} <ArrowRight aria-label="to" className="inline size-3 text-muted" /> {move.target}
            </TableCell>
            <TableCell className="min-w-40 align-top text-xs wrap-anywhere sm:min-w-64">
              <Result move={move} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
