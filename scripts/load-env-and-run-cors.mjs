// Plain JavaScript for any Node, in a clone where nothing is installed yet: installs, loads .env (and .env.local over it), and sets up
// the buckets. Run it once for each new bucket; with --check it only says whether something differs.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, node24, root, run } from "./support/install.mjs";

if (!(await ensureInstalled())) process.exit(1);
const files = [".env", ".env.local"].filter((file) => existsSync(join(root, file))).map((file) => `--env-file=${file}`);
const tsx = [
  join(root, "node_modules/.bin/tsx"),
  "--disable-warning=ExperimentalWarning",
  "--import",
  "./scripts/support/server-runtime.mjs",
];
process.exit(await run(node24, [...files, ...tsx, "scripts/update-tigris-cors.ts", ...process.argv.slice(2)], { stdio: "inherit" }));
