import { AppLink } from "@/components/ui/app-link";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatBytes } from "@/lib/core/bytes";
import type { OrganizationRow } from "@/lib/schemas/organization";

/** The platform's organizations. */
export function OrganizationTable({ organizations }: { organizations: readonly OrganizationRow[] }) {
  return (
    <Table label="Organizations">
      <TableHead>
        <TableRow>
          <TableHeader>Organization</TableHeader>
          <TableHeader numeric>Members</TableHeader>
          <TableHeader numeric>Courses</TableHeader>
          <TableHeader numeric>Storage</TableHeader>
          <TableHeader>Created</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {organizations.map((organization) => (
          <TableRow key={organization.id}>
            <TableCell>
              <AppLink href={`/platform/admin/organizations/${organization.id}`} className="grid hover:underline">
                <span className="font-medium">{organization.name}</span>
                <span className="font-mono text-xs text-muted">{organization.slug}</span>
              </AppLink>
            </TableCell>
            <TableCell numeric>{organization.members}</TableCell>
            <TableCell numeric>{organization.courses}</TableCell>
            <TableCell numeric>
              {formatBytes(organization.usedBytes)} <span className="text-muted">of {formatBytes(organization.limitBytes)}</span>
            </TableCell>
            <TableCell className="whitespace-nowrap text-muted">
              <Time value={organization.createdAt} format="date" />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
