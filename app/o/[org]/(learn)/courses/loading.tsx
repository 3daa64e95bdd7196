import { CardsSkeleton } from "@/components/learner-course/cards-skeleton";

export default function Loading() {
  return <CardsSkeleton label="Loading the courses" />;
}
