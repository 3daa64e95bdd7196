"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Card, CardBody } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { formatBytes } from "@/lib/core/bytes";
import type { UsagePoint } from "@/lib/schemas/storage";
import { dayLabel, growthRanges, monthEnds, pointsOf, type GrowthRange } from "./growth-series";

const GrowthChart = dynamic(() => import("./growth-chart"), { ssr: false, loading: () => <Skeleton className="size-full" /> });

function change(points: readonly UsagePoint[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return "";
  const [grown, day] = [last.bytes - first.bytes, dayLabel(first.day, "30 days")];
  if (grown === 0) return `The same as on ${day}`;
  return grown > 0 ? `${formatBytes(grown)} more than on ${day}` : `${formatBytes(-grown)} less than on ${day}`;
}

/** How storage grew: a plot by day or month, and the same by month as a table. Give it two points or more. */
export function Growth({ points }: { points: readonly UsagePoint[] }) {
  const [range, setRange] = useState<GrowthRange>("30 days");
  const shown = pointsOf(points, range);
  return (
    <Card>
      <CardBody className="grid grid-cols-1 gap-4">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <p role="status" className="text-sm text-muted tabular-nums">
            {change(shown)}
          </p>
          <div role="group" aria-label="Shown time" className="flex gap-1">
            {growthRanges.map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={each === range}
                onClick={() => setRange(each)}
                className={cn(
                  "h-8 rounded-full px-3 text-sm whitespace-nowrap transition-colors max-sm:h-11",
                  each === range ? "bg-accent-soft font-medium text-accent-text" : "text-muted hover:bg-sunken hover:text-ink",
                )}
              >
                {each}
              </button>
            ))}
          </div>
        </div>
        <div aria-hidden className="h-56 min-w-0 sm:h-64">
          <GrowthChart points={shown} range={range} />
        </div>
        <details className="text-sm">
          <summary className="w-fit text-muted hover:text-ink max-sm:py-2">By month, in figures</summary>
          <table className="mt-3 w-full max-w-sm tabular-nums">
            <thead className="text-left text-xs text-muted">
              <tr>
                <th scope="col" className="py-1 font-medium">
                  Month
                </th>
                <th scope="col" className="py-1 text-right font-medium">
                  At its end
                </th>
              </tr>
            </thead>
            <tbody>
              {monthEnds(points)
                .toReversed()
                .map(({ day, bytes }) => (
                  <tr key={day} className="border-t border-line">
                    <td className="py-1.5">{dayLabel(day, "12 months")}</td>
                    <td className="py-1.5 text-right">{formatBytes(bytes)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </details>
      </CardBody>
    </Card>
  );
}
