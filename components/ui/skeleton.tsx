import { cn } from "./cn";

/** A quiet block in the shape of what is coming. Size it with classes: `h-4 w-32`. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn("block animate-breathe rounded-sm bg-line", className)} />;
}
