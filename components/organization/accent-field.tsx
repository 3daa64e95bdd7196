"use client";
import type { CSSProperties } from "react";
import { DEFAULT_ACCENT, resolveAccent } from "@/components/shell/accent";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

const suggestions = [
  { name: "Spruce", value: "#1d5b50" },
  { name: "Ink", value: "#274690" },
  { name: "Plum", value: "#7a2e5d" },
  { name: "Brick", value: "#a63d2f" },
  { name: "Ochre", value: "#9a6700" },
  { name: "Moss", value: "#4f6f2a" },
] as const;

/** Props of `AccentField`. */
export interface AccentFieldProps {
  /** `#rrggbb`, or empty for the product's own. */
  value: string;
  onChange: (value: string) => void;
  error?: string | readonly string[] | undefined;
}

function Sample({ accent, theme }: { accent: string; theme: "light" | "dark" }) {
  const { fill, onFill, text } = resolveAccent(accent || null)[theme];
  const ground: CSSProperties =
    theme === "light" ? { background: "#fffdf9", color: "#211e19" } : { background: "#1f1c18", color: "#efe9df" };
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-md border border-line px-4 py-3 text-sm" style={ground}>
      <span className="rounded-md px-3 py-1.5 font-medium" style={{ background: fill, color: onFill }}>
        Continue
      </span>
      <span className="underline underline-offset-4" style={{ color: text }}>
        Next lesson
      </span>
    </div>
  );
}

/** The accent: a colour of one's own or a suggested one, and how it will look. It is adjusted where text would be hard to read. */
export function AccentField({ value, onChange, error }: AccentFieldProps) {
  const picker = /^#[0-9a-f]{6}$/i.test(value) ? value : DEFAULT_ACCENT;
  return (
    <div className="grid gap-3">
      <Field label="Accent colour" hint="For buttons and links. Shades that would be hard to read are adjusted." error={error} optional>
        <div className="flex gap-2">
          <input
            type="color"
            aria-label="Pick a colour"
            value={picker}
            onChange={(event) => onChange(event.target.value.toLowerCase())}
            className="h-10 w-14 shrink-0 rounded-md border border-line-control bg-surface p-1"
          />
          <Input
            name="accentColor"
            value={value}
            placeholder={`${DEFAULT_ACCENT} (Sidecar's own)`}
            maxLength={7}
            spellCheck={false}
            onChange={(event) => onChange(event.target.value.trim().toLowerCase())}
            className="font-mono"
          />
        </div>
      </Field>
      <div role="group" aria-label="Suggested colours" className="flex flex-wrap gap-2">
        {suggestions.map((suggestion) => (
          <Button
            key={suggestion.value}
            variant="secondary"
            size="sm"
            aria-pressed={value === suggestion.value}
            onClick={() => onChange(suggestion.value)}
            className={cn(value === suggestion.value && "border-accent-text")}
          >
            <span aria-hidden className="size-3 rounded-full" style={{ background: suggestion.value }} />
            {suggestion.name}
          </Button>
        ))}
        {value ? (
          <Button variant="ghost" size="sm" onClick={() => onChange("")}>
            Use Sidecar&apos;s own
          </Button>
        ) : null}
      </div>
      <div aria-hidden className="grid gap-2 sm:grid-cols-2">
        <Sample accent={value} theme="light" />
        <Sample accent={value} theme="dark" />
      </div>
    </div>
  );
}
