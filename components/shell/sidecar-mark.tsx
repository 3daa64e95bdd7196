import { cn } from "@/components/ui/cn";

/** The mark: a motorcycle's wheel and the sidecar that rides along. Decoration; write the name beside it. */
export function SidecarMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className={cn("size-6 shrink-0", className)}>
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <circle cx="8.5" cy="15" r="3.25" fill="none" strokeWidth="1.75" className="stroke-on-accent" />
      <path
        d="M11.75 9h3.1c2.9 0 4.65 2.1 4.65 4.6 0 .8-.6 1.4-1.4 1.4h-4.6M11.75 9c0 2.6-.2 4.2 1.75 6"
        fill="none"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-on-accent"
      />
    </svg>
  );
}
