import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { mediaReferences } from "@/lib/data/media-file";

test("every foreign key to a file counts as a reference to it", async () => {
  const dir = "prisma/schema";
  const sources = await Promise.all((await readdir(dir)).map((name) => readFile(`${dir}/${name}`, "utf8")));
  const models = [...sources.join("\n").matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)];
  // Rows of other models that hold a file, and the relation's name on the file's side.
  const holders = models
    .filter(([, name, body]) => name !== "MediaFile" && /\bMediaFile\??\s+@relation\((?:"\w+", )?fields:/.test(body ?? ""))
    .map(([, name]) => name);
  const file = models.find(([, name]) => name === "MediaFile")?.[2] ?? "";
  const backRelations = [...file.matchAll(/^\s+(\w+)\s+(\w+)\[\]/gm)].filter(([, , model]) => model !== "MediaFile");
  expect(new Set(backRelations.map(([, , model]) => model))).toEqual(new Set(holders));
  expect(new Set(backRelations.map(([, relation]) => relation))).toEqual(new Set<string>(mediaReferences));
});
