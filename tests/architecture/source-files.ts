import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

export type SourceFile = { file: string; text: string };

/** Every TypeScript file of the project, tracked or new, with its text. Paths are from the root. */
export function readSourceFiles(): SourceFile[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", "*.ts", "*.tsx", "*.mts"], {
    cwd: root,
    encoding: "utf8",
  });
  const files = listed.split("\0").filter((file) => file !== "" && !file.endsWith(".d.ts"));
  return [...new Set(files)].flatMap((file) => {
    try {
      return [{ file, text: readFileSync(path.join(root, file), "utf8") }];
    } catch (error) {
      // Removed from the work tree, not yet from the index.
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
      throw error;
    }
  });
}

const importPattern = /(?:\bfrom\s+|\bimport\s+|\bimport\()\s*["']([^"']+)["']/g;

/** The project's own files that a file imports, as paths from the root without their ending. */
export function importsOf({ file, text }: SourceFile): string[] {
  return [...text.matchAll(importPattern)].flatMap(([, specifier = ""]) => {
    if (specifier.startsWith("@/")) return [specifier.slice(2)];
    if (specifier.startsWith(".")) return [path.posix.join(path.posix.dirname(file), specifier)];
    return [];
  });
}
