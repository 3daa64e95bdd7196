/** The first stop of the Tab key: jumps over the navigation to `<main id="main" tabIndex={-1}>`. */
export function SkipLink({ href = "#main" }: { href?: `#${string}` }) {
  return (
    <a
      href={href}
      className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-ink px-4 py-2 text-sm font-medium text-paper focus:translate-y-0"
    >
      Skip to the content
    </a>
  );
}
