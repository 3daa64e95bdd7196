import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readSourceFiles, root } from "./source-files";

const documents = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"];
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read("package.json")));

/** The `npm` scripts that a text tells its reader to run. */
function commandsIn(text: string): string[] {
  return [...text.matchAll(/npm (?:run )?([a-z][a-z:-]*)/g)].map(([, name = ""]) => name).filter((name) => name !== "run" && name !== "ci");
}

/** What stands in backquotes and looks like a path of this project, with `{a,b}` spelled out. */
function pathsIn(text: string): string[] {
  const quoted = [...text.matchAll(/`((?:app|components|hooks|lib|prisma|public|scripts|tests)\/[^`\s*<…]+)`/g)].map(
    ([, found = ""]) => found,
  );
  return quoted.flatMap((found) => {
    const choice = /^(.*)\{([^}]+)\}(.*)$/.exec(found);
    return choice ? (choice[2] ?? "").split(",").map((part) => `${choice[1] ?? ""}${part}${choice[3] ?? ""}`) : [found];
  });
}

describe.each(documents)("%s tells the truth", (document) => {
  test("about the commands", () => {
    const commands = commandsIn(read(document));
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
  });

  test("about where things are", () => {
    expect(pathsIn(read(document)).filter((found) => !existsSync(path.join(root, found)))).toEqual([]);
  });
});

test("the README names every setting that the app reads", () => {
  const settings = readSourceFiles()
    .filter(({ file }) => /^lib\/env(-client)?\.ts$/.test(file))
    .flatMap(({ text }) => [...text.matchAll(/^ {4}([A-Z][A-Z0-9_]+):/gm)].map(([, name = ""]) => name));
  expect(settings.length).toBeGreaterThan(20);
  const kinds = ["THUMBNAIL", "VIDEO", "ATTACHMENT", "AVATAR"].map((kind) => `\`UPLOAD_MAX_MB_${kind}\``);
  const readme = read("README.md").replace("`UPLOAD_MAX_MB_{THUMBNAIL,VIDEO,ATTACHMENT,AVATAR}`", kinds.join(", "));
  expect(settings.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});
