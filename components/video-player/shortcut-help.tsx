"use client";
import { Keyboard } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Switch } from "@/components/ui/switch";

const shortcuts: [keys: string[], does: string][] = [
  [["Space", "K"], "Play or pause"],
  [["J", "L"], "10 seconds back, forward"],
  [["←", "→"], "5 seconds back, forward"],
  [["M"], "Sound on or off"],
  [["F"], "Full screen"],
  [["C"], "Captions"],
  [["<", ">"], "Slower, faster"],
];

/** The player's keys, and the switch that turns them off for those whom single keys disturb (WCAG 2.1.4). */
export function ShortcutHelp({ enabled, onChange }: { enabled: boolean; onChange: (enabled: boolean) => void }) {
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="sm" className="text-muted max-sm:hidden">
          <Keyboard aria-hidden /> Shortcuts
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="Keyboard shortcuts" className="grid gap-4">
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
        <Switch label="Use these keys" checked={enabled} onCheckedChange={onChange} />
      </PopoverContent>
    </Popover>
  );
}
