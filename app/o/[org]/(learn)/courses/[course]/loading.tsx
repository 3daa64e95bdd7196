import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <div role="status" className="grid gap-8">
      <span className="sr-only">Loading the course</span>
      <Skeleton className="h-4 w-48" />
      <span className="grid gap-6 lg:grid-cols-2 lg:items-center lg:gap-12">
        <Skeleton className="aspect-video w-full lg:order-last" />
        <span className="grid gap-4">
          <Skeleton className="h-10 w-3/4" />
          <Skeleton className="h-5 w-full" />
          <Skeleton className="h-5 w-2/3" />
          <Skeleton className="mt-2 h-12 w-48" />
        </span>
      </span>
    </div>
  );
}
