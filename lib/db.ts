import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/prisma/generated/client";
import { env } from "./env";

function createClient() {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString: env.DATABASE_URL, max: 10, idleTimeoutMillis: 30_000, connectionTimeoutMillis: 10_000 }),
  });
}

// Hot reload evaluates this module again; one pool is enough.
const holder = globalThis as typeof globalThis & { sidecarDb?: ReturnType<typeof createClient> };

export const db = (holder.sidecarDb ??= createClient());
