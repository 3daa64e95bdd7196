import { CircleCheck } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatBytes } from "@/lib/core/bytes";
import type { FindingView } from "@/lib/schemas/storage-sweep";
import { findingNames, outcomeText } from "@/lib/schemas/sweep-text";

/** What bucket and database do not agree on, and what became of it. */
export function StorageFindingTable({ findings, finished }: { findings: readonly FindingView[]; finished: boolean }) {
  if (findings.length === 0) {
    return (
      <EmptyState icon={CircleCheck} title={finished ? "Nothing was found" : "Nothing was found so far"} level={3}>
        Every object has its file, and every file its object.
      </EmptyState>
    );
  }
  return (
    <Table label="Findings">
      <TableHead>
        <TableRow>
          <TableHeader>Key</TableHeader>
          <TableHeader>Found</TableHeader>
          <TableHeader numeric className="max-sm:hidden">
            Size
          </TableHeader>
          <TableHeader className="max-sm:hidden">Last changed</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {findings.map((finding) => (
          <TableRow key={finding.id}>
            <TableCell className="min-w-40 align-top font-mono text-xs leading-5 break-all">{finding.fileKey}</TableCell>
            <TableCell className="min-w-28 align-top text-xs leading-5 sm:min-w-56">
              {findingNames[finding.kind]}
              <p className="text-muted first-letter:uppercase">{outcomeText(finding.outcome)}</p>
            </TableCell>
            <TableCell numeric className="align-top max-sm:hidden">
              {formatBytes(finding.bytes)}
            </TableCell>
            <TableCell className="align-top whitespace-nowrap text-muted max-sm:hidden">
              {finding.objectModifiedAt ? <Time value={finding.objectModifiedAt} /> : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
