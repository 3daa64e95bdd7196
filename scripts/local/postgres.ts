import { spawn, type ChildProcess } from "node:child_process";
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Client, escapeIdentifier } from "pg";
import { failureOf } from "./failure.ts";
import { clusterDir, postgresUser, programsDir, type PostgresUser } from "./postgres-place.ts";
import { isAlive, signal, startedAt, waitUntil } from "./processes.ts";

/** A PostgreSQL server that this process started. */
export interface RunningPostgres {
  /** Address of a database on it, with user and password. */
  url: (database: string) => string;
  /** Resolves with a sentence when the server ends without having been asked to. */
  died: Promise<string>;
  stop: () => Promise<void>;
}

export interface PostgresOptions {
  /** The state directory; the cluster is kept in its `postgres`. */
  dir: string;
  port: number;
  password: string;
  /** File that receives the server's log. */
  log: string;
  /** Gives up durability for speed: only for clusters whose loss costs nothing. */
  volatile?: boolean;
}

const USER = "sidecar";

function run(program: string, args: string[], user: PostgresUser, log: string): Promise<number | null> {
  const out = openSync(log, "a");
  return new Promise<number | null>((resolve, reject) => {
    const child = spawn(program, args, { ...user, cwd: "/", stdio: ["ignore", out, out], env: { ...process.env, LC_ALL: "C" } });
    child.once("error", reject);
    child.once("exit", resolve);
  }).finally(() => closeSync(out));
}

/** Makes the cluster beside its place and moves it there when it is whole: a start killed in between leaves no half cluster. */
async function createCluster(cluster: string, bin: string, user: PostgresUser, options: PostgresOptions): Promise<void> {
  const half = `${cluster}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true, mode: 0o700 });
  const passwordFile = join(half, "..", `.password-${process.pid}`);
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    chownSync(half, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  try {
    // Locale C makes the order of text the same on every machine.
    const args = [
      "--pgdata",
      half,
      "--username",
      USER,
      "--pwfile",
      passwordFile,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--no-sync",
    ];
    const code = await run(join(bin, "initdb"), args, user, options.log);
    if (code !== 0)
      throw failureOf(readFileSync(options.log, "utf8"), `PostgreSQL could not create its data directory: see ${options.log}.`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(half, cluster);
}

/**
 * Ends a server that a killed launcher left running in a state directory, and clears what it left behind. Only a process whose command
 * is really this server is touched: after a reboot its old number may belong to anything.
 */
export async function endOrphanedPostgres(dir: string): Promise<void> {
  const cluster = clusterDir(dir, postgresUser());
  const pidFile = join(cluster, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  const start = Number.isInteger(pid) && pid > 1 ? startedAt(pid) : undefined;
  if (start === undefined) return;
  let ours = true;
  if (process.platform === "linux") ours = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(cluster);
  if (!ours) {
    rmSync(pidFile);
    return;
  }
  signal(pid, "SIGINT");
  if (await waitUntil(() => !isAlive(pid, start), 10_000)) return;
  signal(pid, "SIGQUIT");
  await waitUntil(() => !isAlive(pid, start), 5000);
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  // Interrupt is PostgreSQL's fast shutdown: sessions are ended, everything is written.
  child.kill("SIGINT");
  const force = setTimeout(() => child.kill("SIGQUIT"), 10_000);
  await gone;
  clearTimeout(force);
}

/**
 * Starts the embedded PostgreSQL of a state directory on 127.0.0.1, creating it first when there is none.
 * @throws {Failure} when it can't be created or does not come up.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const user = postgresUser();
  const bin = await programsDir(user);
  const cluster = clusterDir(options.dir, user);
  mkdirSync(dirname(options.log), { recursive: true });
  mkdirSync(dirname(cluster), { recursive: true });
  if (existsSync(cluster)) await endOrphanedPostgres(options.dir);
  else await createCluster(cluster, bin, user, options);

  const settings = [`listen_addresses=127.0.0.1`, "unix_socket_directories=", "max_connections=200", "timezone=UTC", "log_timezone=UTC"];
  if (options.volatile) settings.push("fsync=off", "synchronous_commit=off", "full_page_writes=off");
  const out = openSync(options.log, "w");
  // A process group of its own: Ctrl-C in the terminal must not end the database before those who use it.
  const child = spawn(
    join(bin, "postgres"),
    ["-D", cluster, "-p", String(options.port), ...settings.flatMap((setting) => ["-c", setting])],
    {
      ...user,
      cwd: "/",
      detached: true,
      stdio: ["ignore", out, out],
      env: { ...process.env, LC_ALL: "C" },
    },
  );
  closeSync(out);

  let stopping = false;
  const died = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`PostgreSQL could not be started: ${error.message}`));
    child.once("exit", (code, name) => {
      if (!stopping) resolve(`PostgreSQL ended unexpectedly (${name ?? `code ${code}`}): see ${options.log}.`);
    });
  });
  const url = (database: string): string =>
    `postgresql://${USER}:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/${database}`;
  const stop = async (): Promise<void> => {
    stopping = true;
    await stopServer(child);
  };

  const ready = waitUntil(() => answers(url("postgres")), 30_000);
  const outcome = await Promise.race([ready, died]);
  if (outcome === true) return { url, died, stop };
  await stop();
  const sentence = typeof outcome === "string" ? outcome : `PostgreSQL did not answer within 30 seconds: see ${options.log}.`;
  throw failureOf(readFileSync(options.log, "utf8"), sentence);
}

/** Creates a database unless it exists. @param url address of any other database on the same server. */
export async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
