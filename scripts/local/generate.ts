import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { runChild, type RunOptions } from "./children.ts";
import { step } from "./progress.ts";

const CLIENT = "prisma/generated/client.ts";

function isFresh(): boolean {
  if (!existsSync(CLIENT)) return false;
  const made = statSync(CLIENT).mtimeMs;
  return readdirSync("prisma/schema").every((file) => statSync(join("prisma/schema", file)).mtimeMs < made);
}

/** Generates the database client when the schema is newer, as after pulling someone's change. */
export async function generateClient(logDir: string, run: RunOptions): Promise<void> {
  if (isFresh()) return;
  await step("Generating the database client", () => runChild("generate", ["prisma", "generate"], {}, logDir, run));
}
