import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { formatBytes } from "@/lib/core/bytes";
import type { StoreView } from "@/lib/schemas/storage-move";

/** The buckets, and what the database says lies in each. */
export function StorageStoreTable({ stores }: { stores: readonly StoreView[] }) {
  return (
    <Table label="Buckets">
      <TableHead>
        <TableRow>
          <TableHeader>Name</TableHeader>
          <TableHeader className="max-sm:hidden">Bucket</TableHeader>
          <TableHeader>Use</TableHeader>
          <TableHeader numeric>Files</TableHeader>
          <TableHeader numeric>Size</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {stores.map((store) => (
          <TableRow key={store.name}>
            <TableCell className="font-mono text-xs">{store.name}</TableCell>
            <TableCell className="text-xs wrap-anywhere max-sm:hidden">
              {store.bucket ? (
                <>
                  <span className="font-mono">{store.bucket}</span> <span className="text-muted">at {store.host}</span>
                </>
              ) : (
                <span className="text-muted">No setting names it</span>
              )}
            </TableCell>
            <TableCell>{store.role ?? <Badge tone="danger">Not set up</Badge>}</TableCell>
            <TableCell numeric>{store.files}</TableCell>
            <TableCell numeric className="whitespace-nowrap">
              {formatBytes(store.bytes)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
