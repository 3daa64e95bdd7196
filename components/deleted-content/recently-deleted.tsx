"use client";
import { Undo2 } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import type { DeletedItemView } from "@/lib/schemas/deleted-content";
import { whatWent } from "./deleted-text";

/** Props of `RecentlyDeleted`. */
export interface RecentlyDeletedProps {
  items: readonly DeletedItemView[];
  /** A restoration is under way. */
  busy: boolean;
  onRestore: (deletedItemId: string) => void;
}

/** What was deleted and can still be restored: what went with it, by whom, until when. Nothing where there is nothing. */
export function RecentlyDeleted({ items, busy, onRestore }: RecentlyDeletedProps) {
  const id = useId();
  if (items.length === 0) return null;
  return (
    <section aria-labelledby={id} className="grid gap-2">
      <h2 id={id} className="text-sm font-semibold text-muted">
        Recently deleted
      </h2>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {items.map((item) => (
          <li key={item.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5 sm:px-4">
            <div className="grid min-w-0 flex-1 basis-56 gap-0.5">
              <p className="truncate text-sm font-medium">{item.title}</p>
              <p className="text-xs text-pretty text-muted tabular-nums">
                {whatWent(item)}. Deleted <Time value={item.deletedAt} />
                {item.deletedBy ? ` by ${item.deletedBy}` : ""}, kept until <Time value={item.keptUntil} format="datetime" />.
              </p>
            </div>
            <Button variant="secondary" size="sm" disabled={busy} onClick={() => onRestore(item.id)}>
              <Undo2 aria-hidden /> Restore<span className="sr-only"> {item.title}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
