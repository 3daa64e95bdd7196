// Plain JavaScript for the Node that happens to be there (20 or later): nothing may be installed yet.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const modules = join(root, "node_modules");
export const node24 = join(modules, ".bin/node");

function readPackages(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
}

/**
 * Whether what is installed is what package-lock.json asks for. npm keeps its own record of the tree, written last: an install that was
 * cut off leaves none.
 */
function isInstalled() {
  const record = join(modules, ".package-lock.json");
  if (!existsSync(record) || !existsSync(node24)) return false;
  const installed = readPackages(record);
  return Object.entries(readPackages(join(root, "package-lock.json"))).every(
    ([path, wanted]) => path === "" || wanted.optional || wanted.devOptional || installed[path]?.version === wanted.version,
  );
}

/** Starts a program, passes signals on, and resolves with its exit code. */
export function run(program, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { cwd: root, ...options });
    const passOn = (signal) => child.kill(signal);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, passOn);
    child.once("error", fail);
    child.once("exit", (code, signal) => {
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.off(name, passOn);
      done(code ?? (signal ? 1 : 0));
    });
  });
}

/** Installs the packages unless they are there already. @returns whether they are there now. */
export async function ensureInstalled() {
  if (isInstalled()) return true;
  const start = Date.now();
  const seconds = () => `${((Date.now() - start) / 1000).toFixed(1)} s`;
  console.log("\n  … Installing the packages (npm ci)");
  const output = [];
  const code = await new Promise((done) => {
    // Under `npm run` the very npm that runs us; called bare, the one on the PATH.
    const cli = process.env.npm_execpath;
    const [program, args] = cli?.endsWith(".js") ? [process.execPath, [cli, "ci"]] : ["npm", ["ci"]];
    const child = spawn(program, [...args, "--no-audit", "--no-fund"], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output.push(chunk));
    child.once("error", (error) => {
      output.push(Buffer.from(error.message));
      done(1);
    });
    child.once("exit", done);
  });
  if (code === 0) {
    console.log(`  ✓ Installed the packages               ${seconds()}`);
    return true;
  }
  const text = Buffer.concat(output).toString();
  console.error(
    /ENOSPC/.test(text)
      ? "  The disk is full: free some space and start again, nothing that was saved before is lost."
      : `${text}\n  The packages could not be installed (npm ci ended with code ${code}); the reason is above.`,
  );
  return false;
}

/** Installs, then hands over to Node 24 with a TypeScript program; ends this process with its exit code. */
export async function handOver(program) {
  if (Number.parseInt(process.versions.node, 10) < 20) {
    console.error(`Sidecar needs Node 20 or later to start, and this is ${process.version}.`);
    process.exit(1);
  }
  if (!(await ensureInstalled())) process.exit(1);
  // The channel tells the program when this process is killed.
  const args = ["--disable-warning=ExperimentalWarning", join(root, program), ...process.argv.slice(2)];
  process.exit(await run(node24, args, { stdio: ["inherit", "inherit", "inherit", "ipc"] }));
}
