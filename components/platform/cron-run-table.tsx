import { CalendarClock } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { CronRunView } from "@/lib/schemas/job";

function State({ run }: { run: CronRunView }) {
  if (run.error) return <Badge tone="danger">Failed</Badge>;
  return run.finishedAt ? <Badge tone="positive">Done</Badge> : <Badge tone="warning">Running</Badge>;
}

function duration({ startedAt, finishedAt }: CronRunView): string {
  return finishedAt ? `${((finishedAt.getTime() - startedAt.getTime()) / 1000).toFixed(1)} s` : "";
}

/** The latest runs of what a scheduler calls. */
export function CronRunTable({ runs }: { runs: readonly CronRunView[] }) {
  if (runs.length === 0) {
    return (
      <EmptyState icon={CalendarClock} title="No scheduled run yet" level={3}>
        The scheduler calls /api/cron/run-jobs every minute and the other addresses under /api/cron at their times; each call leaves a row
        here.
      </EmptyState>
    );
  }
  return (
    <Table label="Latest runs">
      <TableHead>
        <TableRow>
          <TableHeader>Run</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader className="max-sm:hidden">Started</TableHeader>
          <TableHeader numeric className="max-sm:hidden">
            Took
          </TableHeader>
          <TableHeader>Result</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {runs.map((run) => (
          <TableRow key={run.id}>
            <TableCell className="text-xs">
              <p className="font-mono">{run.name}</p>
              <p className="text-muted sm:hidden">
                <Time value={run.startedAt} />
              </p>
            </TableCell>
            <TableCell>
              <State run={run} />
            </TableCell>
            <TableCell className="whitespace-nowrap text-muted max-sm:hidden">
              <Time value={run.startedAt} />
            </TableCell>
            <TableCell numeric className="max-sm:hidden">
              {duration(run)}
            </TableCell>
            <TableCell className="min-w-32 text-xs wrap-anywhere sm:min-w-48">
              {run.error ??
                Object.entries(run.counts)
                  .map(([name, count]) => `${name} ${count}`)
                  .join(", ")}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
