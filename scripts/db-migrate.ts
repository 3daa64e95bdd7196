import { applyMigrations } from "./support/migrations.ts";

// Brings the database of DATABASE_URL up to date: the schema, then the queue's own tables. Used by the demo, the tests, Docker and the
// build on Vercel; running it again changes nothing.
const url = process.env.DATABASE_URL;
if (!url) {
  console.error("Set DATABASE_URL to the database that is to be migrated.");
  process.exit(1);
}

const applied = await applyMigrations(url);
for (const name of applied) console.info(`applied ${name}`);
console.info(applied.length === 0 ? "The schema is up to date." : `Applied ${applied.length} migration${applied.length === 1 ? "" : "s"}.`);

const { prepareJobQueues } = await import("@/lib/jobs/prepare-queues");
await prepareJobQueues();
console.info("The queues are ready.");
