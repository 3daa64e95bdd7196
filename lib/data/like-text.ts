import "server-only";

/** A text to be found as it is: Prisma hands `contains` and `startsWith` to LIKE, where %, _ and \ have a meaning of their own. */
export function likeText(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/** A Prisma filter: the text somewhere in the field, in any case. Nothing to look for narrows nothing. */
export function containsText(text: string | undefined) {
  return text ? { contains: likeText(text), mode: "insensitive" as const } : undefined;
}
