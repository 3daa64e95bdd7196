import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <div role="status" className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-10">
      <span className="sr-only">Loading the lesson</span>
      <span className="grid content-start gap-6">
        <Skeleton className="aspect-video w-full max-sm:-mx-4 max-sm:-mt-6 max-sm:w-auto" />
        <Skeleton className="h-8 w-2/3" />
        <Skeleton className="h-4 w-full" />
        <Skeleton className="h-4 w-5/6" />
      </span>
      <span className="grid content-start gap-4 max-lg:hidden">
        {Array.from({ length: 8 }, (_, row) => (
          <Skeleton key={row} className="h-5 w-full" />
        ))}
      </span>
    </div>
  );
}
