"use client";
import { Keyboard } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";

const shortcuts: [keys: string[], does: string][] = [
  [["Space", "K"], "Play or pause"],
  [["J", "L"], "10 seconds back, forward"],
  [["←", "→"], "5 seconds back, forward"],
  [["M"], "Sound on or off"],
  [["F"], "Full screen"],
  [["C"], "Captions"],
  [["<", ">"], "Slower, faster"],
];

/**
 * The player's keys, and the switch that turns them off for those whom single keys disturb (WCAG 2.1.4). The browser's own popover
 * keeps the focus and closes on Escape without a script.
 */
export function ShortcutHelp({ enabled, onChange }: { enabled: boolean; onChange: (enabled: boolean) => void }) {
  const id = useId();
  return (
    <>
      <Button variant="ghost" size="sm" className="text-muted max-sm:hidden" popoverTarget={id}>
        <Keyboard aria-hidden /> Shortcuts
      </Button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label="Keyboard shortcuts"
        className="m-auto w-80 rounded-lg border border-line bg-raised p-5 text-sm text-ink shadow-float backdrop:bg-scrim"
      >
        <dl className="grid gap-2">
          {shortcuts.map(([keys, does]) => (
            <div key={does} className="flex items-center justify-between gap-4">
              <dt>{does}</dt>
              <dd className="flex gap-1">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <label className="mt-4 flex items-center justify-between gap-4 border-t border-line pt-4 font-medium">
          Use these keys
          <input
            type="checkbox"
            checked={enabled}
            onChange={(event) => onChange(event.target.checked)}
            className="size-5 accent-(--accent)"
          />
        </label>
      </div>
    </>
  );
}
