import { createServer } from "node:net";
import { Failure } from "./failure.ts";

/** TCP ports of the embedded stack. */
export interface Ports {
  app: number;
  postgres: number;
  store: number;
  smtp: number;
  mailbox: number;
}

const DEFAULTS: Ports = { app: 3000, postgres: 54_329, store: 9100, smtp: 1025, mailbox: 8025 };
const LABELS: Record<keyof Ports, string> = {
  app: "the app",
  postgres: "PostgreSQL",
  store: "the object store",
  smtp: "incoming mail",
  mailbox: "the mailbox",
};

/** Whether a port may be listened on. A host without that kind of address (no IPv6, say) has it free. */
export function isPortFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code !== "EADDRINUSE" && error.code !== "EACCES"));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Asks the system for ports that are free now: one for each part of the stack. */
export async function freePorts(): Promise<Ports> {
  const servers = await Promise.all(
    Object.keys(DEFAULTS).map(
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer();
          server.once("error", reject);
          server.listen({ port: 0, host: "127.0.0.1" }, () => resolve(server));
        }),
    ),
  );
  // All are held until each has a number, so that no two parts get the same one.
  const numbers = servers.map((server) => {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("A TCP server has no port number.");
    return address.port;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  const [app = 0, postgres = 0, store = 0, smtp = 0, mailbox = 0] = numbers;
  return { app, postgres, store, smtp, mailbox };
}

/**
 * The ports that belong to an app port. 3000 has the well-known neighbours; any other app port moves all of them by the same distance, so
 * that two stacks can run side by side and each finds its own ports again at the next start.
 */
export function portsFor(app: number): Ports {
  const shift = app - DEFAULTS.app;
  const move = (port: number): number => {
    const moved = port + shift;
    // Moves that would leave the range, or reach the privileged ports, wrap into a range that nothing well known uses.
    return moved > 1024 && moved < 65_536 ? moved : 20_000 + (((moved % 20_000) + 20_000) % 20_000);
  };
  return {
    app,
    postgres: move(DEFAULTS.postgres),
    store: move(DEFAULTS.store),
    smtp: move(DEFAULTS.smtp),
    mailbox: move(DEFAULTS.mailbox),
  };
}

/**
 * Fails before anything is started when a port is taken.
 * @throws {Failure} naming the port, what wants it and the option that moves it.
 */
export async function requireFreePorts(ports: Ports, wanted: (keyof Ports)[]): Promise<void> {
  for (const name of wanted) {
    const free = (await isPortFree(ports[name])) && (name !== "app" || (await isPortFree(ports[name], "::")));
    if (!free) {
      const elsewhere = ports.app + 100;
      throw new Failure(
        `Port ${ports[name]}, wanted for ${LABELS[name]}, is in use by another program: stop that one, or move the whole stack with --port ${elsewhere}.`,
      );
    }
  }
}
