"use client";
import { Check } from "lucide-react";
import * as Menu from "radix-ui/dropdown-menu";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Root of a menu of acts. The page behind stays usable and visible to screen readers; a press outside closes the menu. */
export function DropdownMenu({ modal = false, ...props }: Menu.DropdownMenuProps) {
  return <Menu.Root modal={modal} {...props} />;
}

/** Opens the menu; used with `asChild` around a `Button`. */
export const DropdownMenuTrigger = Menu.Trigger;
/** Holds `DropdownMenuRadioItem`s, of which one is chosen. */
export const DropdownMenuRadioGroup = Menu.RadioGroup;

const itemStyles =
  "flex min-h-9 cursor-default items-center gap-2.5 rounded-sm px-2 py-1.5 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-accent-soft [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted";

/** The floating list of items. */
export function DropdownMenuContent({ className, ...props }: ComponentProps<typeof Menu.Content>) {
  return (
    <Menu.Portal>
      <Menu.Content
        sideOffset={6}
        align="end"
        collisionPadding={8}
        className={cn(
          "z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto rounded-md border border-line bg-raised p-1 text-ink shadow-float data-[state=open]:animate-rise",
          className,
        )}
        {...props}
      />
    </Menu.Portal>
  );
}

/** Props of `DropdownMenuItem`. */
export interface DropdownMenuItemProps extends ComponentProps<typeof Menu.Item> {
  tone?: "default" | "danger";
}

/** One act: `onSelect`, or `asChild` around an `AppLink`. An icon may come first. */
export function DropdownMenuItem({ className, tone = "default", ...props }: DropdownMenuItemProps) {
  return (
    <Menu.Item
      className={cn(itemStyles, tone === "danger" && "text-danger data-highlighted:bg-danger-soft [&_svg]:text-danger", className)}
      {...props}
    />
  );
}

/** One of several choices, with a check at the chosen one. */
export function DropdownMenuRadioItem({ className, children, ...props }: ComponentProps<typeof Menu.RadioItem>) {
  return (
    <Menu.RadioItem className={cn(itemStyles, "pr-8", className)} {...props}>
      {children}
      <Menu.ItemIndicator className="-mr-6 ml-auto">
        <Check aria-hidden className="text-accent-text!" />
      </Menu.ItemIndicator>
    </Menu.RadioItem>
  );
}

/** A quiet heading inside the menu. */
export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof Menu.Label>) {
  return <Menu.Label className={cn("px-2 pt-2 pb-1 text-xs font-medium text-muted", className)} {...props} />;
}

/** A hairline between groups. */
export function DropdownMenuSeparator({ className, ...props }: ComponentProps<typeof Menu.Separator>) {
  return <Menu.Separator className={cn("-mx-1 my-1 h-px bg-line", className)} {...props} />;
}
