import type { Route } from "next";
import Link from "next/link";
import type { ComponentProps } from "react";

/** A `next/link` for addresses that are only known at run time, such as `/o/${slug}/courses`. */
export interface AppLinkProps extends Omit<ComponentProps<typeof Link>, "href"> {
  href: string;
}

/** Client-side link that takes any in-app address as a plain string. Literal addresses may use `next/link` itself. */
export function AppLink({ href, ...props }: AppLinkProps) {
  return <Link href={href as Route} {...props} />;
}
