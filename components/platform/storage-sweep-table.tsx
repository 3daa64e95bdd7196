import { Brush } from "lucide-react";
import { AppLink } from "@/components/ui/app-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { SweepView } from "@/lib/schemas/storage-sweep";
import { StorageSweepState } from "./storage-sweep-state";
import { StorageSweepSums } from "./storage-sweep-sums";

function Result({ sweep }: { sweep: SweepView }) {
  if (sweep.error) return sweep.error;
  if (sweep.state === "RUNNING") return `${sweep.progress.objects.toLocaleString("en-GB")} objects so far`;
  if (sweep.sums.length === 0) return "Bucket and database agree.";
  return <StorageSweepSums sums={sweep.sums} />;
}

/** The latest comparisons of bucket and database. */
export function StorageSweepTable({ sweeps }: { sweeps: readonly SweepView[] }) {
  if (sweeps.length === 0) {
    return (
      <EmptyState icon={Brush} title="No sweep yet" level={3}>
        Start one that only reports: it lists what bucket and database do not agree on, and changes nothing.
      </EmptyState>
    );
  }
  return (
    <Table label="Latest sweeps">
      <TableHead>
        <TableRow>
          <TableHeader>Started</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader className="max-sm:hidden">Kind</TableHeader>
          <TableHeader numeric className="max-sm:hidden">
            Objects
          </TableHeader>
          <TableHeader>Result</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {sweeps.map((sweep) => (
          <TableRow key={sweep.id}>
            <TableCell className="align-top">
              <AppLink href={`/platform/admin/storage/${sweep.id}`} className="font-medium underline-offset-4 hover:underline">
                <Time value={sweep.startedAt} />
              </AppLink>
              <p className="text-xs text-muted">{sweep.startedBy ?? "Schedule"}</p>
            </TableCell>
            <TableCell className="align-top">
              <StorageSweepState sweep={sweep} />
            </TableCell>
            <TableCell className="align-top whitespace-nowrap max-sm:hidden">
              {sweep.mode === "DELETE" ? (sweep.forced ? "May delete, forced" : "May delete") : "Report"}
            </TableCell>
            <TableCell numeric className="align-top max-sm:hidden">
              {sweep.progress.objects.toLocaleString("en-GB")}
            </TableCell>
            <TableCell className="min-w-32 align-top text-xs wrap-anywhere sm:min-w-64">
              <Result sweep={sweep} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
