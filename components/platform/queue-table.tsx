import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { QueueCounts } from "@/lib/schemas/job";

/** How many jobs of each kind wait, run and have failed. */
export function QueueTable({ queues }: { queues: readonly QueueCounts[] }) {
  return (
    <Table label="Jobs of each kind">
      <TableHead>
        <TableRow>
          <TableHeader>Job</TableHeader>
          <TableHeader numeric>Waiting</TableHeader>
          <TableHeader numeric className="max-sm:hidden">
            For later
          </TableHeader>
          <TableHeader numeric>Running</TableHeader>
          <TableHeader numeric>Failed</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {queues.map((queue) => (
          <TableRow key={queue.name}>
            <TableCell className="font-mono text-xs">{queue.name}</TableCell>
            <TableCell numeric>{queue.waiting}</TableCell>
            <TableCell numeric className="max-sm:hidden">
              {queue.delayed}
            </TableCell>
            <TableCell numeric>{queue.active}</TableCell>
            <TableCell numeric>{queue.failed > 0 ? <Badge tone="danger">{queue.failed}</Badge> : 0}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
