import { defineConfig } from "prisma/config";

// Prisma downloads its native schema engine the first time any command runs, also for `generate`, which does not use it. Naming an
// existing executable skips the download; migrations are applied by scripts/db-migrate.ts with the engine's WebAssembly build.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  ...(process.env.DATABASE_URL ? { datasource: { url: process.env.DATABASE_URL } } : {}),
});
