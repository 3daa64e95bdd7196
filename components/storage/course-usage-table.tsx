import { AppLink } from "@/components/ui/app-link";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { formatBytes } from "@/lib/core/bytes";
import type { CourseUsage } from "@/lib/schemas/storage";
import { editCoursePath } from "../course/author-paths";
import { CourseStatusBadge } from "../course/course-status-badge";

/** What the files of each course take. `org` is the organization's slug. */
export function CourseUsageTable({ org, courses }: { org: string; courses: readonly CourseUsage[] }) {
  return (
    <Table label="Storage by course">
      <TableHead>
        <tr>
          <TableHeader>Course</TableHeader>
          <TableHeader className="max-sm:hidden">State</TableHeader>
          <TableHeader numeric className="max-sm:hidden">
            Files
          </TableHeader>
          <TableHeader numeric>Size</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {courses.map(({ id, title, status, files, bytes }) => (
          <TableRow key={id}>
            <TableCell className="w-full max-w-0">
              <AppLink href={editCoursePath(org, id)} className="block truncate font-medium hover:underline" title={title}>
                {title}
              </AppLink>
            </TableCell>
            <TableCell className="max-sm:hidden">
              <CourseStatusBadge status={status} />
            </TableCell>
            <TableCell numeric className="max-sm:hidden">
              {files.toLocaleString("en-GB")}
            </TableCell>
            <TableCell numeric>{formatBytes(bytes)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
