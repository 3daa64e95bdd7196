// Plain JavaScript for any Node: loads .env (and .env.local over it), then sets the bucket's CORS rules. Run once for each bucket.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules/.bin");
const files = [".env", ".env.local"].filter((file) => existsSync(join(root, file)));
const program = ["--import", "./scripts/support/server-runtime.mjs", "scripts/update-tigris-cors.ts"];
const { status } = spawnSync(join(bin, "node"), [...files.map((file) => `--env-file=${file}`), join(bin, "tsx"), ...program], {
  cwd: root,
  stdio: "inherit",
});
process.exit(status ?? 1);
