import { emailSchema } from "./email";

/** Commas, semicolons and line breaks part the entries, save inside quotes: "Mills, Ada" <ada@example.com> is one. */
const entry = /(?:"[^"\n]*"|[^,;\n"])+/g;

/** What stands for the address in one entry: the angle brackets' contents, or the bare words. */
function addressesOf(text: string): string[] {
  const bracketed = /<([^<>]*)>\s*$/.exec(text);
  if (bracketed) return [bracketed[1]?.trim() ?? ""];
  return text.split(/\s+/).every((word) => word.includes("@")) ? text.split(/\s+/) : [text];
}

/**
 * Reads addresses as people paste them: from a mail program, a spreadsheet or by hand, as "a@b.example", "Name <a@b.example>" or
 * "<a@b.example>". Lower-cased, each once, in the order given; what is no address comes back as it was written.
 */
export function parseAddressList(text: string): { addresses: string[]; invalid: string[] } {
  const addresses = new Set<string>();
  const invalid = new Set<string>();
  for (const [written] of text.matchAll(entry)) {
    if (!written.trim()) continue;
    for (const address of addressesOf(written.trim())) {
      const parsed = emailSchema.safeParse(address.replace(/^mailto:/i, ""));
      if (parsed.success) addresses.add(parsed.data);
      else invalid.add(address || written.trim());
    }
  }
  return { addresses: [...addresses], invalid: [...invalid] };
}
