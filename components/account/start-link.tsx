import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";

/** Props of `StartLink`. */
export interface StartLinkProps {
  href: string;
  mark: ReactNode;
  title: string;
  note: string;
}

/** One place to go to; an item of a list. */
export function StartLink({ href, mark, title, note }: StartLinkProps) {
  return (
    <li>
      <AppLink
        href={href}
        className="flex items-center gap-4 rounded-lg border border-line bg-surface px-4 py-4 transition-colors hover:border-line-strong hover:bg-sunken/60"
      >
        <span className="grid size-8 shrink-0 place-items-center">{mark}</span>
        <span className="grid min-w-0 flex-1 gap-0.5">
          <span className="truncate font-medium">{title}</span>
          <span className="truncate text-sm text-muted">{note}</span>
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-muted" />
      </AppLink>
    </li>
  );
}
