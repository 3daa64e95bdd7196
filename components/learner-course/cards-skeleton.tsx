import { Skeleton } from "@/components/ui/skeleton";

/** The shape of a heading and a shelf of courses; screen readers hear `label` once. */
export function CardsSkeleton({ label }: { label: string }) {
  return (
    <div role="status" className="grid gap-8">
      <span className="sr-only">{label}</span>
      <span className="grid gap-3">
        <Skeleton className="h-10 w-64 max-w-full" />
        <Skeleton className="h-5 w-96 max-w-full" />
      </span>
      <span className="grid gap-4 sm:grid-cols-2 sm:gap-6 lg:grid-cols-3">
        {Array.from({ length: 6 }, (_, card) => (
          <span key={card} className="grid gap-4 overflow-hidden rounded-lg border border-line bg-surface pb-4">
            <Skeleton className="aspect-video w-full rounded-none" />
            <Skeleton className="mx-4 h-4 w-1/3" />
            <Skeleton className="mx-4 h-5 w-2/3" />
            <Skeleton className="mx-4 h-4 w-1/2" />
          </span>
        ))}
      </span>
    </div>
  );
}
