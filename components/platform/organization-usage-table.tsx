import { ArrowDown, ArrowUp } from "lucide-react";
import { fullness } from "@/components/storage/storage-text";
import { AppLink } from "@/components/ui/app-link";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { formatBytes } from "@/lib/core/bytes";
import { WARNING_LEVELS } from "@/lib/schemas/storage";
import type { OrganizationUsage, UsageSort } from "@/lib/schemas/storage-limit";

/** Props of `OrganizationUsageTable`. */
export interface OrganizationUsageTableProps {
  organizations: readonly OrganizationUsage[];
  sort: UsageSort;
  /** Address of the same list in another order. */
  hrefOf: (sort: UsageSort) => string;
}

type Column = { sort: UsageSort; label: string; numeric?: boolean; className?: string };

const columns: readonly Column[] = [
  { sort: "name", label: "Organization" },
  { sort: "used", label: "Used", numeric: true },
  { sort: "full", label: "Of its limit", numeric: true },
  { sort: "files", label: "Files", numeric: true, className: "max-md:hidden" },
  { sort: "grown", label: "In 30 days", numeric: true, className: "max-sm:hidden" },
];

function SortHeader({ column, sort, href }: { column: Column; sort: UsageSort; href: string }) {
  const chosen = column.sort === sort;
  const Arrow = column.sort === "name" ? ArrowUp : ArrowDown;
  return (
    <TableHeader
      numeric={column.numeric ?? false}
      className={column.className}
      aria-sort={chosen ? (column.sort === "name" ? "ascending" : "descending") : undefined}
    >
      <AppLink href={href} scroll={false} className="inline-flex items-center gap-1 py-2 hover:text-ink aria-[current]:text-ink">
        {column.label}
        {chosen ? <Arrow aria-hidden className="size-3" /> : null}
      </AppLink>
    </TableHeader>
  );
}

function Fullness({ percent }: { percent: number }) {
  const [warning, danger] = WARNING_LEVELS;
  const text = fullness(percent);
  if (percent >= danger) return <Badge tone="danger">{text}</Badge>;
  return percent >= warning ? <Badge tone="warning">{text}</Badge> : text;
}

/** Growth with its sign: a minus where files went. */
const grown = (bytes: number) => (bytes === 0 ? "0" : `${bytes > 0 ? "+" : "−"}${formatBytes(Math.abs(bytes))}`);

/** What each organization takes, orderable by every column. */
export function OrganizationUsageTable({ organizations, sort, hrefOf }: OrganizationUsageTableProps) {
  return (
    <Table label="Storage by organization">
      <TableHead>
        <TableRow>
          {columns.map((column) => (
            <SortHeader key={column.sort} column={column} sort={sort} href={hrefOf(column.sort)} />
          ))}
        </TableRow>
      </TableHead>
      <TableBody className="tabular-nums">
        {organizations.map((organization) => (
          <TableRow key={organization.id}>
            <TableCell className="max-sm:w-full max-sm:max-w-0">
              <AppLink href={`/platform/admin/organizations/${organization.id}`} className="grid hover:underline">
                <span className="truncate font-medium">{organization.name}</span>
                <span className="truncate font-mono text-xs text-muted">{organization.slug}</span>
              </AppLink>
            </TableCell>
            <TableCell numeric>
              {formatBytes(organization.usedBytes)}
              {organization.reservedBytes > 0 ? (
                <p className="text-xs text-muted">{formatBytes(organization.reservedBytes)} under way</p>
              ) : null}
            </TableCell>
            <TableCell numeric>
              <Fullness percent={organization.percent} />
              <p className="text-xs text-muted">
                of {formatBytes(organization.limitBytes)}
                {organization.warnedPercent > 0 ? `, warned at ${organization.warnedPercent}%` : ""}
              </p>
            </TableCell>
            <TableCell numeric className="max-md:hidden">
              {organization.files.toLocaleString("en-GB")}
              {organization.maxFiles === null ? null : (
                <p className="text-xs text-muted">of {organization.maxFiles.toLocaleString("en-GB")}</p>
              )}
            </TableCell>
            <TableCell numeric className="max-sm:hidden">
              {grown(organization.grownBytes)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
