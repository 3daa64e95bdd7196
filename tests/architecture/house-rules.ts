import { roomOf, serviceOrder, violation } from "./house.mjs";
import { importsOf, type SourceFile } from "./source-files";

/** One broken rule: which file, and why. */
export type Breach = { file: string; reason: string };
type Rule = (files: SourceFile[]) => Breach[];

const breach = (file: string, reason: string): Breach => ({ file, reason });
const withEnding = (target: string) => (/\.[a-z]+$/.test(target) ? target : `${target}.ts`);

/** Imports go down the floors, and services call to their left. */
export const floors: Rule = (files) =>
  files.flatMap((source) =>
    importsOf(source).flatMap((target) => {
      const reason = violation(source.file, withEnding(target));
      return reason ? [breach(source.file, `${target}: ${reason}`)] : [];
    }),
  );

const homeless = /^(tests\/|[a-z.-]+\.(ts|mts)$)/;

/** Every file is in a room. */
export const everyFileHasARoom: Rule = (files) =>
  files.filter(({ file }) => !homeless.test(file) && !roomOf(file)).map(({ file }) => breach(file, "is in no room of the house"));

/** Only lib/env.ts and lib/env-client.ts read the environment; what runs before the app, and tests, have their own. */
export const oneReaderOfTheEnvironment: Rule = (files) =>
  files
    .filter(({ file }) => /^(lib|app|components|hooks|prisma\/seed|proxy)/.test(file) && !/^lib\/env(-client)?\.ts$/.test(file))
    .filter(({ text }) => text.includes("process.env"))
    .map(({ file }) => breach(file, "reads process.env"));

const serverRooms = new Set(["env", "db", "doors", "data", "enqueue", "auth", "services", "workers", "gates"]);

/** Floors 1 to 5 can't be bundled for a browser. */
export const serverOnly: Rule = (files) =>
  files
    .filter(({ file }) => serverRooms.has(roomOf(file) ?? ""))
    .filter(({ text }) => !/^import "server-only";/m.test(text))
    .map(({ file }) => breach(file, 'does not import "server-only"'));

/** Pages that anybody may open; each is named here with its reason to be public. */
const publicPages = new Set([
  "app/(site)/page.tsx", // the landing page
  "app/(site)/sign-in/page.tsx", // where one becomes somebody
  "app/(site)/invitations/[id]/page.tsx", // an invitation is read before signing in
]);

const gateCalls = /\b(pageMember|pageUser|pagePlatform)\(/;
const routeExport = /export const (GET|POST|PUT|PATCH|DELETE|OPTIONS)\b[^=]*= *([\w.]+)/g;
const actionExport = /export (?:const|async function|function) (\w+)(?:[^=\n]*= *(\w+))?/g;

/** A page calls its gate itself, or loads what it shows through a file of its own folder that does. */
function passesAGate(page: SourceFile, files: SourceFile[]): boolean {
  const loaders = importsOf(page).filter((target) => target.startsWith("app/"));
  return [page, ...files.filter(({ file }) => loaders.some((target) => file === `${target}.ts`))].some(({ text }) => gateCalls.test(text));
}

/** Every page, route handler and action enters through a gate. */
export const everyEntryHasAGate: Rule = (files) =>
  files.flatMap(({ file, text }) => {
    if (!file.startsWith("app/")) return [];
    if (file.endsWith("/page.tsx")) {
      return publicPages.has(file) || passesAGate({ file, text }, files)
        ? []
        : [breach(file, "is a page without pageMember, pageUser or pagePlatform")];
    }
    if (file.endsWith("/route.ts")) {
      // Better Auth's own handler is a gate of its own.
      if (file === "app/api/auth/[...all]/route.ts") return [];
      const exported = [...text.matchAll(/export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE|OPTIONS)\b/g)].length;
      const gated = [...text.matchAll(routeExport)].filter(([, , value = ""]) =>
        /^define(Member|Platform|Public)Route$|^define(Cron|Preflight)$/.test(value),
      );
      return exported > 0 && exported === gated.length ? [] : [breach(file, "exports a handler that no gate made")];
    }
    if (/^["']use server["'];/m.test(text)) {
      const open = [...text.matchAll(actionExport)].filter(([, , value = ""]) => !/^define(Member|User|Platform)Action$/.test(value));
      return open.map(([, name = ""]) => breach(file, `exports the action ${name}, which no gate made`));
    }
    return [];
  });

/** An inline action would be an entry without a gate. */
export const noInlineActions: Rule = (files) =>
  files
    .filter(({ file, text }) => /^(app|components|hooks)\//.test(file) && /^[ \t]+["']use server["']/m.test(text))
    .map(({ file }) => breach(file, "has an inline server action"));

/** Names: kebab-case, no barrels, nothing called utils. Next's own names and the one historical file are exempt. */
export const names: Rule = (files) =>
  files.flatMap(({ file }) => {
    const base = file.slice(file.lastIndexOf("/") + 1).replace(/(\.(test|spec|config|d))?\.(ts|tsx|mts)$/, "");
    if (file === "lib/S3Client.ts") return [];
    if (base === "index") return [breach(file, "is a barrel")];
    if (/^(utils?|helpers?|misc|common)$/.test(base)) return [breach(file, "says nothing by its name")];
    return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(base) ? [] : [breach(file, "is not kebab-case")];
  });

/** One idea to a file. */
export const size: Rule = (files) =>
  files
    .filter(({ file }) => !file.startsWith("tests/"))
    .map(({ file, text }) => ({ file, lines: text.split("\n").length }))
    .filter(({ lines }) => lines > 250)
    .map(({ file, lines }) => breach(file, `has ${lines} lines`));

/** A service that the order does not know could call anything. */
export const everyServiceHasAPlace: Rule = (files) =>
  files.flatMap(({ file }) => {
    const match = /^lib\/services\/(.+)\.ts$/.exec(file);
    if (!match?.[1]) return [];
    const name = /^([a-z-]+)-service$/.exec(match[1])?.[1];
    return name && serviceOrder.includes(name) ? [] : [breach(file, "is no service of the order in house.mjs")];
  });

/** Faces never escape the type checker or the linter. */
export const noEscapes: Rule = (files) =>
  files
    .filter(({ file }) => !file.startsWith("tests/architecture/"))
    .filter(({ text }) =>
      /@ts-(ignore|expect-error|nocheck)|eslint-disable|\bas never\b|\bas any\b|: any\b|\b(test|it|describe)\.(only|skip)\(/.test(text),
    )
    .map(({ file }) => breach(file, "escapes a check"));

/** A loading screen is sent, with status 200, before its page can answer "not found" or "forbidden". */
export const noLoadingScreens: Rule = (files) =>
  files
    .filter(({ file }) => /^app\/(.*\/)?loading\.tsx$/.test(file))
    .map(({ file }) => breach(file, "answers 200 before its page can refuse"));

export const houseRules = {
  floors,
  everyFileHasARoom,
  oneReaderOfTheEnvironment,
  serverOnly,
  everyEntryHasAGate,
  noInlineActions,
  names,
  size,
  everyServiceHasAPlace,
  noEscapes,
  noLoadingScreens,
} satisfies Record<string, Rule>;
