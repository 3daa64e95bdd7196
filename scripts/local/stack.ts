import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { openBucketsToBrowsers } from "./bucket-cors.ts";
import { appEnvironment, BUCKET, OTHER_BUCKETS, PUBLIC_PREFIX, type AppEnvironment } from "./environment.ts";
import { startMailbox } from "./mailbox/server.ts";
import { startObjectStore, type ObjectStore } from "./object-store/server.ts";
import type { Ports } from "./ports.ts";
import { ensureDatabase, startPostgres } from "./postgres.ts";
import { readSecrets } from "./secrets.ts";

/** PostgreSQL, the object store and the mailbox, running. */
export interface Stack {
  /** The app's settings on this stack. */
  env: Record<string, string>;
  mailboxUrl: string;
  store: ObjectStore;
  /** Resolves with a sentence when a part ends without having been asked to. */
  died: Promise<string>;
  stop: () => Promise<void>;
}

export interface StackOptions {
  mode: AppEnvironment;
  /** State directory: everything that is kept lives in it. */
  dir: string;
  ports: Ports;
  /** A PostgreSQL to use in place of the embedded one. */
  databaseUrl?: string;
  /** Gives up durability of the database for speed. */
  volatile?: boolean;
}

/**
 * Starts the embedded stack. What was started is stopped again when a later part fails.
 * @throws {Failure} when a part can't be started.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { ports } = options;
  const dir = resolve(options.dir);
  mkdirSync(dir, { recursive: true });
  const secrets = readSecrets(dir);
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const part of stops.splice(0).reverse()) await part();
  };
  try {
    let databaseUrl = options.databaseUrl;
    let died = new Promise<string>(() => undefined);
    if (databaseUrl === undefined) {
      const log = join(dir, "logs/postgres.log");
      const postgres = await startPostgres({
        dir,
        port: ports.postgres,
        password: secrets.databasePassword,
        log,
        volatile: options.volatile,
      });
      stops.push(postgres.stop);
      await ensureDatabase(postgres.url("postgres"), "sidecar");
      databaseUrl = postgres.url("sidecar");
      died = postgres.died;
    }
    const buckets = [BUCKET, ...Object.values(OTHER_BUCKETS)];
    const store = await startObjectStore({
      host: "127.0.0.1",
      port: ports.store,
      dir: join(dir, "objects"),
      accessKey: secrets.storeAccessKey,
      secretKey: secrets.storeSecretKey,
      buckets,
      publicPrefixes: [PUBLIC_PREFIX],
    });
    stops.push(() => store.close());
    await openBucketsToBrowsers(store.url, secrets, buckets);
    const mailbox = await startMailbox({ dir: join(dir, "mail"), smtpPort: ports.smtp, httpPort: ports.mailbox });
    stops.push(mailbox.close);
    return { env: appEnvironment(options.mode, databaseUrl, ports, secrets), mailboxUrl: mailbox.url, store, died, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
