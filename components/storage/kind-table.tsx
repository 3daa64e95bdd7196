import { wholePercent } from "@/components/ui/percent";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { formatBytes } from "@/lib/core/bytes";
import type { FileSum, KindUsage } from "@/lib/schemas/storage";
import { kindLabels } from "./storage-text";

/** What each kind of file takes. The sizes made of a picture are part of its kind. */
export function KindTable({ kinds, total }: { kinds: readonly KindUsage[]; total: FileSum }) {
  return (
    <Table label="Storage by kind">
      <TableHead>
        <tr>
          <TableHeader>Kind</TableHeader>
          <TableHeader numeric>Files</TableHeader>
          <TableHeader numeric>Size</TableHeader>
          <TableHeader numeric className="max-sm:hidden">
            Share
          </TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {kinds.map(({ kind, files, bytes }) => (
          <TableRow key={kind}>
            <TableCell className="font-medium">{kindLabels[kind].many}</TableCell>
            <TableCell numeric>{files.toLocaleString("en-GB")}</TableCell>
            <TableCell numeric>{formatBytes(bytes)}</TableCell>
            <TableCell numeric className="text-muted max-sm:hidden">
              {wholePercent(bytes, total.bytes)}%
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
