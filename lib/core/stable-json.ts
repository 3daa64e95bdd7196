/** JSON whose objects have their keys in order, so that two values that mean the same are the same text. */
export function stableJson(value: unknown): string {
  const ordered: unknown = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
  return typeof ordered === "string" ? ordered : "null";
}
