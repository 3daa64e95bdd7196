"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { DropdownMenuLabel, DropdownMenuRadioGroup, DropdownMenuRadioItem } from "@/components/ui/dropdown-menu";

/** Light, dark or as the device, inside a menu, whose arrow keys reach menu items only. The menu stays open. */
export function ThemeMenuItems() {
  const { theme, setTheme } = useTheme();
  const keepOpen = (event: Event) => event.preventDefault();
  return (
    <>
      <DropdownMenuLabel>Theme</DropdownMenuLabel>
      <DropdownMenuRadioGroup value={theme ?? "system"} onValueChange={setTheme}>
        <DropdownMenuRadioItem value="light" onSelect={keepOpen}>
          <Sun aria-hidden /> Light
        </DropdownMenuRadioItem>
        <DropdownMenuRadioItem value="dark" onSelect={keepOpen}>
          <Moon aria-hidden /> Dark
        </DropdownMenuRadioItem>
        <DropdownMenuRadioItem value="system" onSelect={keepOpen}>
          <Monitor aria-hidden /> As the device
        </DropdownMenuRadioItem>
      </DropdownMenuRadioGroup>
    </>
  );
}
