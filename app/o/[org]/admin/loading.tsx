import { SkeletonPage } from "@/components/ui/skeleton";

export default function Loading() {
  return <SkeletonPage label="Loading the overview" />;
}
