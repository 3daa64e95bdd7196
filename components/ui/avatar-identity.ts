/** Number of avatar colours in components/ui/avatar.tsx. */
export const AVATAR_COLOURS = 6;

/** One or two capital letters for a name or an email address; "?" where there is no letter or digit. */
export function initialsOf(name: string): string {
  const local = name.includes("@") ? (name.split("@", 1)[0] ?? "") : name;
  const words = local.split(/[\s._-]+/u).flatMap((word) => word.match(/[\p{L}\p{N}]/u) ?? []);
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return `${words[0] ?? "?"}${last}`.toLocaleUpperCase("en");
}

/** The same colour, 0 to `AVATAR_COLOURS` - 1, for the same name everywhere (FNV-1a over UTF-16 units). */
export function colourIndexOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const unit of name.trim().toLowerCase()) {
    hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0) % AVATAR_COLOURS;
}
