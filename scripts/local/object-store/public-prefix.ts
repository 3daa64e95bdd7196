/**
 * Makes a test for "anybody may read this key" out of prefixes. A segment that is a lone
 * asterisk stands for any one segment: organizations, asterisk, public opens that folder of every organization only.
 * @throws Error for an empty prefix, which would open the whole store.
 */
export function publicPrefixTest(prefixes: readonly string[]): (key: string) => boolean {
  const patterns = prefixes.map((prefix) => {
    if (prefix === "") throw new Error("A public prefix can't be empty: it would open every object.");
    const segments = prefix.split("/").map((segment) => (segment === "*" ? "[^/]+" : segment.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")));
    return new RegExp(`^${segments.join("/")}`, "u");
  });
  return (key) => patterns.some((pattern) => pattern.test(key));
}
