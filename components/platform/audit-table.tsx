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
          <TableHeader className="max-sm:hidden">When</TableHeader>
          <TableHeader className="max-sm:hidden">Who</TableHeader>
          <TableHeader>Action</TableHeader>
          <TableHeader className="max-sm:hidden">Organization</TableHeader>
          <TableHeader>Change</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {events.map((event) => (
          <TableRow key={event.id}>
            <TableCell className="align-top whitespace-nowrap text-muted max-sm:hidden">
              <Time value={event.at} />
            </TableCell>
            <TableCell className="max-w-56 truncate align-top max-sm:hidden">{event.actor}</TableCell>
            <TableCell className="align-top max-sm:max-w-40">
              <p className="font-mono text-xs leading-5 wrap-break-word sm:whitespace-nowrap">{event.action}</p>
              <p className="truncate text-xs text-muted sm:hidden">{event.actor}</p>
              <p className="truncate text-xs text-muted sm:hidden">{event.organization?.name}</p>
              <p className="text-xs text-muted sm:hidden">
                <Time value={event.at} />
              </p>
            </TableCell>
            <TableCell className="max-w-48 truncate align-top max-sm:hidden">
              {event.organization?.name ?? <span className="text-muted">Platform</span>}
            </TableCell>
            <TableCell className="min-w-32 align-top wrap-anywhere sm:min-w-64">
              <AuditChange before={event.before} after={event.after} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
