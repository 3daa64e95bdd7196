import { cn } from "./cn";

/** A quiet block in the shape of what is coming. Size it with classes: `h-4 w-32`. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn("block animate-breathe rounded-sm bg-line", className)} />;
}

/** Rows of skeletons for a list or a table; screen readers hear `label` once. */
export function SkeletonRows({ rows = 5, label = "Loading", className }: { rows?: number; label?: string; className?: string }) {
  return (
    <div role="status" className={cn("grid divide-y divide-line rounded-lg border border-line bg-surface", className)}>
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className="flex h-12 items-center gap-4 px-4">
          <Skeleton className="h-3.5 w-1/3" />
          <Skeleton className="ml-auto h-3.5 w-16" />
          <Skeleton className="h-3.5 w-24 max-sm:hidden" />
        </span>
      ))}
    </div>
  );
}

/** A skeleton of a whole page: its head, then rows. For `loading.tsx`. */
export function SkeletonPage({ label = "Loading the page" }: { label?: string }) {
  return (
    <div className="grid gap-8">
      <span className="grid gap-3">
        <Skeleton className="h-8 w-64 max-w-full" />
        <Skeleton className="h-4 w-96 max-w-full" />
      </span>
      <SkeletonRows rows={6} label={label} />
    </div>
  );
}
