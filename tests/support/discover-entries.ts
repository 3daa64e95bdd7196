import path from "node:path";
import { readSourceFiles } from "../architecture/source-files";

export type Entry = { id: string; kind: "page" | "route" | "action"; file: string; name: string };

/** `app/o/[org]/(learn)/courses/page.tsx` -> `/o/[org]/courses` */
function addressOf(file: string): string {
  const segments = path.posix
    .dirname(file)
    .split("/")
    .slice(1)
    .filter((segment) => !segment.startsWith("("));
  return `/${segments.join("/")}`;
}

/** Every way into the application, read from the code: pages, methods of route handlers, server actions. */
export function discoverEntries(): Entry[] {
  return readSourceFiles()
    .filter(({ file }) => file.startsWith("app/"))
    .flatMap(({ file, text }): Entry[] => {
      if (file.endsWith("/page.tsx")) return [{ id: addressOf(file), kind: "page", file, name: "default" }];
      if (file.endsWith("/route.ts")) {
        const methods = text.matchAll(/export const (?:\{ *)?([A-Z, ]+?)(?: *\})? *[=:]/g);
        return [...methods]
          .flatMap(([, names = ""]) => names.split(","))
          .map((method): Entry => ({ id: `${method.trim()} ${addressOf(file)}`, kind: "route", file, name: method.trim() }));
      }
      if (!/^["']use server["'];/m.test(text)) return [];
      return [...text.matchAll(/export const (\w+)/g)].map(([, name = ""]): Entry => ({
        id: `${file}#${name}`,
        kind: "action",
        file,
        name,
      }));
    });
}
