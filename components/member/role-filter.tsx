"use client";
import type { Route } from "next";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";
import { NativeSelect } from "@/components/ui/native-select";
import { roles } from "@/lib/policies/permission";
import { roleNames } from "@/lib/schemas/member";

/** Narrows the list to one role; the choice lives in the address. */
export function RoleFilter() {
  const router = useRouter();
  const pathname = usePathname();
  const searchParams = useSearchParams();
  const [pending, startTransition] = useTransition();
  const choose = (role: string) => {
    const params = new URLSearchParams(searchParams);
    params.delete("page");
    if (role) params.set("role", role);
    else params.delete("role");
    startTransition(() => router.replace(`${pathname}?${params}` as Route, { scroll: false }));
  };
  return (
    <NativeSelect
      aria-label="Role"
      aria-busy={pending}
      value={searchParams.get("role") ?? ""}
      onChange={(event) => choose(event.target.value)}
      className="w-full sm:w-44"
    >
      <option value="">All roles</option>
      {roles.map((role) => (
        <option key={role} value={role}>
          {roleNames[role].label}
        </option>
      ))}
    </NativeSelect>
  );
}
