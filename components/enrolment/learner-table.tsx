import { ArrowDown, ArrowUp } from "lucide-react";
import { AppLink } from "@/components/ui/app-link";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { lessonsDone } from "@/lib/core/percent";
import type { CourseLearner, LearnerListInput, LearnerSort } from "@/lib/schemas/enrolment";

/** Props of `LearnerTable`. */
export interface LearnerTableProps {
  learners: readonly CourseLearner[];
  sorted: Pick<LearnerListInput, "sort" | "order">;
  /** Address of the list in another order. */
  sortHref: (sort: LearnerSort, order: "asc" | "desc") => string;
}

const columns: { sort: LearnerSort; label: string; first: "asc" | "desc"; wide?: boolean }[] = [
  { sort: "name", label: "Learner", first: "asc" },
  { sort: "percent", label: "Progress", first: "desc" },
  { sort: "active", label: "Last active", first: "desc", wide: true },
  { sort: "enrolled", label: "Enrolled", first: "desc", wide: true },
];

/** A phone shows who and how far; the rest has its columns from a tablet on. */
const ONLY_WIDE = "max-sm:hidden";

/** A course's learners: how far, when last here, finished or not. A heading that is pressed again turns the order round. */
export function LearnerTable({ learners, sorted, sortHref }: LearnerTableProps) {
  return (
    <Table label="Learners of this course">
      <TableHead>
        <tr>
          {columns.map(({ sort, label, first, wide }) => {
            const active = sorted.sort === sort;
            const turned = sorted.order === "asc" ? "desc" : "asc";
            const Arrow = sorted.order === "asc" ? ArrowUp : ArrowDown;
            return (
              <TableHeader
                key={sort}
                className={wide ? ONLY_WIDE : undefined}
                aria-sort={active ? (sorted.order === "asc" ? "ascending" : "descending") : undefined}
              >
                <AppLink
                  href={sortHref(sort, active ? turned : first)}
                  scroll={false}
                  className={cn("inline-flex min-h-8 items-center gap-1 hover:text-ink", active && "text-ink")}
                >
                  {label}
                  {active ? <Arrow aria-hidden className="size-3" /> : null}
                </AppLink>
              </TableHeader>
            );
          })}
          <TableHeader className={ONLY_WIDE}>Finished</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {learners.map((learner) => (
          <TableRow key={learner.enrolmentId}>
            <TableCell className="max-sm:w-full max-sm:max-w-0">
              <div className="flex items-center gap-3">
                <Avatar name={learner.name || learner.email} className="max-sm:hidden" />
                <div className="min-w-0">
                  <p className="flex items-center gap-2 font-medium">
                    <span className="truncate">{learner.name}</span>
                    {learner.member ? null : <Badge>Left</Badge>}
                  </p>
                  <p className="truncate text-xs text-muted">{learner.email}</p>
                  <p className="truncate text-xs text-muted sm:hidden">
                    Active <Time value={learner.lastActiveAt} />
                  </p>
                </div>
              </div>
            </TableCell>
            <TableCell className="min-w-40 sm:min-w-48">
              <div className="grid gap-1.5">
                <ProgressBar
                  label={`Progress of ${learner.name}`}
                  value={learner.percent}
                  valueText={`${learner.percent}%, ${lessonsDone(learner.done, learner.total)}`}
                  size="sm"
                />
                <span className="flex justify-between gap-3 text-xs text-muted tabular-nums">
                  <span>{lessonsDone(learner.done, learner.total)}</span>
                  <span>{learner.percent}%</span>
                </span>
              </div>
            </TableCell>
            <TableCell className={cn("whitespace-nowrap", ONLY_WIDE)}>
              <Time value={learner.lastActiveAt} />
            </TableCell>
            <TableCell className={cn("whitespace-nowrap", ONLY_WIDE)}>
              <Time value={learner.enrolledAt} format="date" />
            </TableCell>
            <TableCell className={cn("whitespace-nowrap", ONLY_WIDE)}>
              {learner.completedAt ? <Time value={learner.completedAt} format="date" /> : <span className="text-muted">Not yet</span>}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
