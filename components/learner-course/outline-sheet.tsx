"use client";
import { ListTree } from "lucide-react";
import { usePathname } from "next/navigation";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";

// Fetched when a finger or the focus comes near the button: a laptop, which shows the list beside the lesson, never needs it.
const loadSheet = () => import("@/components/ui/sheet").then(({ Sheet }) => ({ default: Sheet }));
const Sheet = lazy(loadSheet);

/** The list of lessons on a phone, from the side. It closes when a lesson is chosen. */
export function OutlineSheet({ children }: { children: ReactNode }) {
  const [wanted, setWanted] = useState(false);
  const [openOn, setOpenOn] = useState<string | null>(null);
  const pathname = usePathname();
  const open = openOn === pathname;
  const button = (
    <Button
      variant="secondary"
      size="sm"
      aria-haspopup="dialog"
      aria-expanded={open}
      onPointerEnter={() => void loadSheet()}
      onFocus={() => void loadSheet()}
      onClick={() => {
        setWanted(true);
        setOpenOn(pathname);
      }}
    >
      <ListTree aria-hidden /> Lessons
    </Button>
  );
  if (!wanted) return button;
  // As the sheet's trigger the button gets the focus back when the sheet closes.
  return (
    <Suspense fallback={button}>
      <Sheet title="Lessons" trigger={button} open={open} onOpenChange={(next) => setOpenOn(next ? pathname : null)}>
        {children}
      </Sheet>
    </Suspense>
  );
}
