import { join } from "node:path";
import { freePorts } from "../local/ports.ts";
import { startPostgres } from "../local/postgres.ts";
import { makeThrowaway, removeThrowaway } from "../local/throwaway.ts";

/** A database server on loan. */
export interface DatabaseServer {
  /** Address of a database that always exists on it. */
  url: string;
  release(): Promise<void>;
}

/** Lends a PostgreSQL: the one of DATABASE_URL, or an empty embedded one on a free port that is thrown away at release. */
export async function borrowDatabaseServer(): Promise<DatabaseServer> {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, release: () => Promise.resolve() };
  const dir = await makeThrowaway();
  const { postgres: port } = await freePorts();
  const server = await startPostgres({ dir, port, password: "throwaway", log: join(dir, "postgres.log"), volatile: true });
  return {
    url: server.url("postgres"),
    release: async () => {
      await server.stop();
      removeThrowaway(dir);
    },
  };
}
