import { LoaderCircle } from "lucide-react";
import { cn } from "./cn";

/** A turning mark for work under way. It is decoration: say what is happening in text beside it, or on the control. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={cn("size-4 animate-spin", className)} />;
}
