/** The look shared by text-like controls: input, textarea, select. */
export const controlStyles = [
  "w-full min-w-0 rounded-md border border-line-control bg-surface text-base text-ink sm:text-sm",
  "transition-[border-color,background-color] hover:border-ink/60",
  "focus-visible:border-accent-text focus-visible:outline-offset-0",
  "disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted",
  "aria-invalid:border-danger",
].join(" ");
