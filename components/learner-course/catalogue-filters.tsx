"use client";
import type { Route } from "next";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";
import { NativeSelect } from "@/components/ui/native-select";
import { SearchInput } from "@/components/ui/search-input";

type Option = { value: string; label: string };

/** Search, category and level of the catalogue; all live in the address. */
export function CatalogueFilters({ categories, levels }: { categories: readonly Option[]; levels: readonly Option[] }) {
  const router = useRouter();
  const pathname = usePathname();
  const searchParams = useSearchParams();
  const [pending, startTransition] = useTransition();

  const choose = (name: string, value: string) => {
    const params = new URLSearchParams(searchParams);
    params.delete("page");
    if (value) params.set(name, value);
    else params.delete(name);
    const query = params.toString();
    startTransition(() => router.replace((query ? `${pathname}?${query}` : pathname) as Route, { scroll: false }));
  };
  const filter = (name: string, label: string, all: string, options: readonly Option[]) => (
    <NativeSelect
      aria-label={label}
      value={searchParams.get(name) ?? ""}
      onChange={(event) => choose(name, event.target.value)}
      className="max-sm:flex-1"
    >
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </NativeSelect>
  );

  return (
    <div aria-busy={pending} className="flex flex-wrap gap-3">
      <SearchInput label="Search courses" />
      {categories.length > 1 ? filter("category", "Category", "All categories", categories) : null}
      {filter("level", "Level", "All levels", levels)}
    </div>
  );
}
