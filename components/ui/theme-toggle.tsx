"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { cn } from "./cn";

const choices = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "system", label: "As the device", icon: Monitor },
] as const;

const never = () => () => undefined;

/** Light, dark, or as the device: three small toggle buttons. The server does not know the choice, so it renders none pressed. */
export function ThemeToggle({ className }: { className?: string }) {
  const { theme, setTheme } = useTheme();
  const hydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <div role="group" aria-label="Theme" className={cn("inline-flex w-fit rounded-md border border-line bg-sunken p-0.5", className)}>
      {choices.map(({ value, label, icon: Icon }) => (
        <button
          key={value}
          type="button"
          title={label}
          aria-label={label}
          aria-pressed={hydrated && theme === value}
          onClick={() => setTheme(value)}
          className="grid h-7 w-8 place-items-center rounded-sm text-muted transition-colors hover:text-ink aria-pressed:bg-raised aria-pressed:text-ink aria-pressed:ring-1 aria-pressed:ring-line-strong"
        >
          <Icon aria-hidden className="size-4" />
        </button>
      ))}
    </div>
  );
}
