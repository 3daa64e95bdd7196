type Values = Record<string, unknown> | null;

/** A stored value in a few words. */
function inWords(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What an event changed: the fields that differ where both sides are known, else what is known. */
export function AuditChange({ before, after }: { before: Values; after: Values }) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed = before && after ? names.filter((name) => !same(before[name], after[name])) : [];
  const kept = names.filter((name) => !changed.includes(name));
  return (
    <ul className="grid gap-0.5 text-xs">
      {changed.map((name) => (
        <li key={name}>
          <span className="text-muted">{name}:</span> <del>{inWords(before?.[name])}</del> <span className="sr-only">became</span>{" "}
          <ins className="no-underline">{inWords(after?.[name])}</ins>
        </li>
      ))}
      {kept.map((name) => (
        <li key={name}>
          <span className="text-muted">{name}:</span> {inWords((after ?? before)?.[name])}
        </li>
      ))}
    </ul>
  );
}
