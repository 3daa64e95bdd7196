import type { ReactNode } from "react";

/** One entry of a navigation. Icons cross from server to client as elements: `icon: <BookOpen aria-hidden />`. */
export interface NavEntry {
  label: string;
  href: string;
  /** A lucide icon element; 16 px in sidebars, 20 px in the phone's tab bar. */
  icon?: ReactNode;
  /** Active on exactly this address only, as for an overview. */
  exact?: boolean;
  /** A small number after the label. */
  count?: number;
}

/** Entries under one heading; without a heading they stand alone. */
export interface NavGroup {
  label?: string;
  entries: readonly NavEntry[];
}

/** The signed-in person. */
export interface ShellUser {
  name: string;
  email: string;
  image?: string | null;
}

/** The organization in view. */
export interface ShellOrganization {
  name: string;
  /** Address of its logo. */
  logo?: string | null;
  href: string;
}
