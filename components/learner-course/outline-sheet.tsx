"use client";
import { ListTree } from "lucide-react";
import { usePathname } from "next/navigation";
import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";

/** The list of lessons on a phone, from the side. It closes when a lesson is chosen. */
export function OutlineSheet({ children }: { children: ReactNode }) {
  const [openOn, setOpenOn] = useState<string | null>(null);
  const pathname = usePathname();
  return (
    <Sheet
      title="Lessons"
      open={openOn === pathname}
      onOpenChange={(open) => setOpenOn(open ? pathname : null)}
      trigger={
        <Button variant="secondary" size="sm">
          <ListTree aria-hidden /> Lessons
        </Button>
      }
    >
      {children}
    </Sheet>
  );
}
