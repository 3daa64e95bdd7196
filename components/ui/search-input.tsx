"use client";
import { Search, X } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { useEarlyText } from "@/hooks/use-early-text";
import { Button } from "./button";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";
import { toRoute } from "./route";
import { Spinner } from "./spinner";

/** Props of `SearchInput`. */
export interface SearchInputProps {
  /** Says what is searched; it is the label and the placeholder. */
  label: string;
  /** Name of the search parameter that holds the words. */
  param?: string;
  /** Milliseconds of rest before the address changes. */
  delay?: number;
  className?: string;
}

/**
 * A search field whose words live in the address, so a search can be shared and survives a reload.
 * It drops `page` and `cursor` from the address, since another search starts at its first page.
 */
export function SearchInput({ label, param = "q", delay = 250, className }: SearchInputProps) {
  const router = useRouter();
  const pathname = usePathname();
  const searchParams = useSearchParams();
  const committed = searchParams.get(param) ?? "";
  const [value, setValue] = useState(committed);
  const [pending, startTransition] = useTransition();
  const timer = useRef<number | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);

  // Back and forward change the address without us; while the person types, the field has the word.
  const [seen, setSeen] = useState(committed);
  if (seen !== committed) {
    setSeen(committed);
    if (value.trim() === seen) setValue(committed);
  }
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const early = useEarlyText(input);

  const commit = (next: string) => {
    const params = new URLSearchParams(searchParams);
    params.delete("page");
    params.delete("cursor");
    if (next.trim()) params.set(param, next.trim());
    else params.delete(param);
    const query = params.toString();
    startTransition(() => router.replace(toRoute(query ? `${pathname}?${query}` : pathname), { scroll: false }));
  };
  const change = (next: string, wait: number) => {
    setValue(next);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => commit(next), wait);
  };

  return (
    <search className={cn("relative block w-full sm:max-w-72", className)}>
      <span className="pointer-events-none absolute top-0 left-0 grid h-full w-10 place-items-center text-muted">
        {pending ? <Spinner /> : <Search aria-hidden className="size-4" />}
      </span>
      <input
        ref={early}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => change(event.target.value, delay)}
        onKeyDown={(event) => {
          if (event.key === "Enter") change(value, 0);
          if (event.key === "Escape" && value) change("", 0);
        }}
        className={cn(controlStyles, "h-10 px-10 [&::-webkit-search-cancel-button]:hidden")}
      />
      {value ? (
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Clear the search"
          className="absolute top-1 right-1 text-muted"
          onClick={() => {
            change("", 0);
            input.current?.focus();
          }}
        >
          <X aria-hidden />
        </Button>
      ) : null}
    </search>
  );
}
