"use client";
import * as RadixTabs from "radix-ui/tabs";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { tabListStyles, tabStyles } from "./tab-styles";

/** Root of tabs that switch panels inside one page. For tabs that are pages use `NavTabs`. */
export const Tabs = RadixTabs.Root;

/** The row of tabs; give it an `aria-label`. */
export function TabsList({ className, ...props }: ComponentProps<typeof RadixTabs.List>) {
  return <RadixTabs.List className={cn(tabListStyles, className)} {...props} />;
}

/** One tab. */
export function TabsTrigger({ className, ...props }: ComponentProps<typeof RadixTabs.Trigger>) {
  return (
    <RadixTabs.Trigger
      className={cn(
        tabStyles,
        "data-[state=active]:text-ink data-[state=active]:after:bg-accent-text data-[state=inactive]:text-muted",
        className,
      )}
      {...props}
    />
  );
}

/** The panel of one tab. */
export function TabsContent({ className, ...props }: ComponentProps<typeof RadixTabs.Content>) {
  return <RadixTabs.Content className={cn("pt-6", className)} {...props} />;
}
