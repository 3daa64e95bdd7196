import { ESLint } from "eslint";
import { describe, expect, test } from "vitest";
import { jobNames } from "@/lib/jobs/contracts";
import { houseRules } from "./house-rules";
import { readSourceFiles, root, type SourceFile } from "./source-files";

const files = readSourceFiles();

describe("the house stands", () => {
  test.each(Object.entries(houseRules))("nothing breaks the rule %s", (_name, rule) => {
    expect(rule(files)).toEqual([]);
  });

  test("every job has exactly one handler, in a file of its name", () => {
    const handlers = files.map(({ file }) => /^lib\/jobs\/handlers\/(.+)\.ts$/.exec(file)?.[1]).filter((name) => name !== undefined);
    expect(handlers.toSorted()).toEqual(jobNames.toSorted());
  });
});

/** What each rule must refuse: a rule that can't fail would guard nothing. */
const broken: Record<keyof typeof houseRules, SourceFile> = {
  floors: { file: "lib/data/course.ts", text: 'import { saveCourse } from "../services/course-service";' },
  everyFileHasARoom: { file: "lib/extras/thing.ts", text: "" },
  oneReaderOfTheEnvironment: { file: "lib/services/course-service.ts", text: "const key = process.env.KEY;" },
  serverOnly: { file: "lib/services/course-service.ts", text: "export const a = 1;" },
  everyEntryHasAGate: { file: "app/o/[org]/secret/page.tsx", text: "export default function Page() { return null; }" },
  noInlineActions: { file: "app/o/[org]/page.tsx", text: 'async function save() {\n  "use server";\n}' },
  names: { file: "lib/core/utils.ts", text: "" },
  size: { file: "lib/core/long.ts", text: "\n".repeat(260) },
  everyServiceHasAPlace: { file: "lib/services/everything-service.ts", text: "" },
  noEscapes: { file: "lib/core/id.ts", text: "const a = b as any;" },
  noLoadingScreens: { file: "app/o/[org]/loading.tsx", text: "" },
};

describe("each rule can fail", () => {
  test.each(Object.entries(broken))("%s refuses what it is there for", (name, file) => {
    const rule = Object.entries(houseRules).find(([known]) => known === name)?.[1];
    expect(rule?.([file])).toEqual([expect.objectContaining({ file: file.file })]);
  });

  test.each([
    ["a route handler without a gate", "app/api/open/route.ts", "export async function POST() { return Response.json({}); }"],
    ["an action without a gate", "app/start/actions.ts", '"use server";\nexport const save = wrap(async () => 1);'],
    ["a service that calls to its right", "lib/services/storage-service.ts", 'import { a } from "./course-service";'],
    ["a face that opens a door", "components/course/card.tsx", 'import { S3 } from "@/lib/S3Client";'],
    ["a face that reads data", "app/o/[org]/page.tsx", 'import { findCourse } from "@/lib/data/course"; pageMember();'],
    ["a script that reads data", "scripts/report.ts", 'import { findCourse } from "@/lib/data/course";'],
  ])("%s is refused", (_title, file, text) => {
    const found = Object.values(houseRules).flatMap((rule) => rule([{ file, text }]));
    expect(found.filter(({ reason }) => !reason.includes("server-only"))).toHaveLength(1);
  });

  test("the linter refuses a climbing import and a second reader of the environment", async () => {
    const eslint = new ESLint({ cwd: root, overrideConfig: { languageOptions: { parserOptions: { projectService: false } } } });
    const lint = async (filePath: string, text: string) => {
      const [result] = await eslint.lintText(text, { filePath });
      return result?.messages.map((message) => message.ruleId);
    };
    expect(await lint("lib/data/climb.mjs", 'import "@/lib/services/course-service";\n')).toContain("house/floors");
    expect(await lint("lib/data/climb.mjs", "export const key = process.env.KEY;\n")).toContain("no-restricted-properties");
    expect(await lint("lib/data/level.mjs", 'import "@/lib/db";\n')).toEqual([]);
  }, 60_000);
});
