import { execFile, fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { Client } from "pg";
import { appEnvironment } from "../../scripts/local/environment.ts";
import { readSecrets } from "../../scripts/local/secrets.ts";
import { borrowDatabaseServer } from "../../scripts/support/database-server.ts";
import { ORGANIZATIONS, organizationSlug } from "./sweep/bench-keys.ts";

// npm run bench:sweep compares a bucket of a million objects with a ledger that lacks 10,000 of them, and puts those into the trash.
// --objects and --orphans make it smaller.
//
// lists, deletes  calls of ListObjectsV2 and DeleteObjects that the sweep made; heads and copies: of HeadObject and CopyObject
// rssGrowthMib    the most that the sweeping process grew above what it was before, with its connections open. Its heap is limited as that
//                 of `npm run sweep` is: a process that may have gigabytes collects its garbage later, and says nothing about its needs
// jobRssGrowthMib the same of a process that reports in slices as the server's job does, with the heap that Node gives by itself
// timesListing    the sweep's seconds through those of a process that lists every page and does nothing else

const TSX = ["--disable-warning=ExperimentalWarning", "--import", "./scripts/support/server-runtime.mjs"];

/** The same as in package.json's "sweep". */
const HEAP = ["--max-old-space-size=120", "--max-semi-space-size=2"];

type Answer = Record<string, number>;

async function answerOf(child: ChildProcess): Promise<Answer> {
  const [answer] = (await Promise.race([once(child, "message"), once(child, "exit").then(([code]) => [{ code: Number(code) }])])) as [
    Answer,
  ];
  if (answer["code"] !== undefined) throw new Error(`A process of the bench ended with code ${answer["code"]}.`);
  return answer;
}

async function ask(store: ChildProcess, order: "age" | "counts"): Promise<Answer> {
  const answer = answerOf(store);
  store.send(order);
  return answer;
}

async function query(url: string, text: string, values: unknown[] = []): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text, values);
  } finally {
    await client.end();
  }
}

/** One row for each object that is no orphan, as completed uploads leave them. */
async function fillLedger(url: string, objects: number, orphans: number): Promise<void> {
  const slugs = Array.from({ length: ORGANIZATIONS }, (_, number) => organizationSlug(number));
  await query(
    url,
    `INSERT INTO "Organization" (id, name, slug, "storagePrefix", "createdAt")
     SELECT slug, slug, slug, 'organizations/' || slug || '/', now() FROM unnest($1::text[]) AS slug`,
    [slugs],
  );
  await query(
    url,
    `INSERT INTO "MediaFile" (id, "organizationId", "fileKey", kind, "fileName", "declaredType", bytes, etag, state, "readyAt", "updatedAt")
     SELECT gen_random_uuid(), org, 'organizations/' || org || '/private/video/' || lpad(n::text, 10, '0') || '.mp4',
       'VIDEO', 'lesson.mp4', 'video/mp4', 1000, '"' || lpad(to_hex(n), 32, '0') || '"', 'READY', now(), now()
     FROM generate_series(0, $1::int - 1) AS n, LATERAL (SELECT 'bench-' || lpad((n::bigint * $3 / $1)::text, 3, '0') AS org) AS owner
     WHERE n % ($1 / $2) <> 0`,
    [objects, orphans, ORGANIZATIONS],
  );
  await query(url, `VACUUM ANALYZE "MediaFile"`);
}

async function main(dir: string): Promise<void> {
  const { values } = parseArgs({
    options: { objects: { type: "string", default: "1000000" }, orphans: { type: "string", default: "10000" } },
  });
  const [objects, orphans] = [Number(values.objects), Number(values.orphans)];
  const secrets = readSecrets(dir);
  const server = await borrowDatabaseServer();
  const store = fork(join(import.meta.dirname, "sweep/store-child.ts"), [
    join(dir, "store"),
    secrets.storeAccessKey,
    secrets.storeSecretKey,
    ...[objects, orphans].map(String),
  ]);
  try {
    const { port = 0 } = await answerOf(store);
    const database = new URL(server.url);
    database.pathname = `/sidecar_bench_${process.pid}`;
    await query(server.url, `CREATE DATABASE sidecar_bench_${process.pid}`);
    const env = {
      ...process.env,
      ...appEnvironment("test", database.href, { app: 0, store: port, postgres: 0, smtp: 0, mailbox: 0 }, secrets),
    };
    await promisify(execFile)("node_modules/.bin/tsx", [...TSX, "scripts/db-migrate.ts"], { env });
    await fillLedger(database.href, objects, orphans);
    const run = (work: string, heap = HEAP): Promise<Answer> => {
      const child = fork(join(import.meta.dirname, "sweep/sweep-child.ts"), [work, ...[objects, orphans].map(String)], {
        env,
        execArgv: [...process.execArgv, ...heap],
      });
      return answerOf(child);
    };
    await run("put");
    await ask(store, "age");
    const listing = await run("list");
    await ask(store, "counts");
    const swept = await run("sweep");
    const { lists = 0, deletes = 0, heads = 0, copies = 0 } = await ask(store, "counts");
    const job = await run("job", []);
    await query(server.url, `DROP DATABASE sidecar_bench_${process.pid} WITH (FORCE)`);
    const seconds = swept["seconds"] ?? Number.NaN;
    const listingSeconds = listing["seconds"] ?? Number.NaN;
    const figures = {
      bench: "sweep",
      objects,
      orphans,
      // One of the lists opens the connection before the sweep begins.
      lists: lists - 1,
      deletes,
      heads,
      copies,
      rssGrowthMib: Math.round(swept["rssGrowthMib"] ?? Number.NaN),
      jobRssGrowthMib: Math.round(job["rssGrowthMib"] ?? Number.NaN),
      listingRssGrowthMib: Math.round(listing["rssGrowthMib"] ?? Number.NaN),
      seconds: Number(seconds.toFixed(1)),
      timesListing: Number((seconds / listingSeconds).toFixed(2)),
    };
    console.log(JSON.stringify(figures));
  } finally {
    store.disconnect();
    await server.release();
  }
}

const directory = mkdtempSync(join(tmpdir(), "bench-sweep-"));
try {
  await main(directory);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
