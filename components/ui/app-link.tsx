import Link from "next/link";
import type { ComponentProps } from "react";
import { LinkProgress } from "./link-progress";
import { toRoute } from "./route";

/** Props of `AppLink`: those of `next/link`, with the address as a string. */
export interface AppLinkProps extends Omit<ComponentProps<typeof Link>, "href"> {
  href: string;
}

/** Client-side link for addresses that are only known at run time, such as `/o/${slug}/courses`. */
export function AppLink({ href, children, ...props }: AppLinkProps) {
  return (
    <Link href={toRoute(href)} {...props}>
      {children}
      <LinkProgress />
    </Link>
  );
}
