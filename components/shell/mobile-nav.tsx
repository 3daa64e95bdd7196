"use client";
import { Menu } from "lucide-react";
import { useState, type MouseEvent, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";

/** The sidebar in a drawer, for narrow screens; following a link closes it. */
export function MobileNav({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const closeAfterLink = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest("a")) setOpen(false);
  };
  return (
    <Sheet
      open={open}
      onOpenChange={setOpen}
      title="Navigation"
      hideTitle
      side="left"
      trigger={
        <Button variant="ghost" size="icon" aria-label="Open the navigation" className="-ml-2 lg:hidden">
          <Menu aria-hidden className="size-5" />
        </Button>
      }
    >
      {/* The links inside take the keyboard; this only hears that one was followed. */}
      <div className="grid gap-6" onClickCapture={closeAfterLink}>
        {children}
      </div>
    </Sheet>
  );
}
