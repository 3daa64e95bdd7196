/** The row of tabs, shared by `Tabs` and `NavTabs`; it scrolls sideways where it does not fit. */
export const tabListStyles = "flex gap-4 overflow-x-auto sm:gap-6 border-b border-line [scrollbar-width:none]";

/** One tab; the rule under the chosen one is its `after`. */
export const tabStyles =
  "relative flex h-10 shrink-0 items-center gap-2 text-sm font-medium whitespace-nowrap transition-colors hover:text-ink after:absolute after:inset-x-0 after:bottom-0 after:h-0.5 after:rounded-full focus-visible:-outline-offset-2";
