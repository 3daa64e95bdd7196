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
          <TableHeader numeric className="max-sm:hidden">
            Courses
          </TableHeader>
          <TableHeader numeric>Storage</TableHeader>
          <TableHeader className="max-sm:hidden">Created</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {organizations.map((organization) => (
          <TableRow key={organization.id}>
            <TableCell className="max-sm:w-full max-sm:max-w-0">
              <AppLink href={`/platform/admin/organizations/${organization.id}`} className="grid hover:underline">
                <span className="font-medium">{organization.name}</span>
                <span className="truncate font-mono text-xs text-muted">{organization.slug}</span>
              </AppLink>
            </TableCell>
            <TableCell numeric>{organization.members}</TableCell>
            <TableCell numeric className="max-sm:hidden">
              {organization.courses}
            </TableCell>
            <TableCell numeric>
              {formatBytes(organization.usedBytes)}{" "}
              <span className="text-muted max-sm:hidden">of {formatBytes(organization.limitBytes)}</span>
            </TableCell>
            <TableCell className="whitespace-nowrap text-muted max-sm:hidden">
              <Time value={organization.createdAt} format="date" />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
