import { ScrollText } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AuditView } from "@/lib/schemas/audit";
import { AuditChange } from "./audit-change";

/** Who did what, newest first. */
export function AuditTable({ events }: { events: readonly AuditView[] }) {
  if (events.length === 0) {
    return (
      <EmptyState icon={ScrollText} title="Nothing has been changed yet">
        Every change of consequence appears here with who made it and when.
      </EmptyState>
    );
  }
  return (
    <Table label="Audit events">
      <TableHead>
        <TableRow>
          <TableHeader>When</TableHeader>
          <TableHeader>Who</TableHeader>
          <TableHeader>Action</TableHeader>
          <TableHeader>Organization</TableHeader>
          <TableHeader>Change</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {events.map((event) => (
          <TableRow key={event.id}>
            <TableCell className="whitespace-nowrap text-muted">
              <Time value={event.at} />
            </TableCell>
            <TableCell className="max-w-56 truncate">{event.actor}</TableCell>
            <TableCell className="font-mono text-xs whitespace-nowrap">{event.action}</TableCell>
            <TableCell className="max-w-48 truncate">{event.organization?.name ?? <span className="text-muted">Platform</span>}</TableCell>
            <TableCell className="min-w-64">
              <AuditChange before={event.before} after={event.after} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
