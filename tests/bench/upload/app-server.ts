import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { signingRoutes } from "./signing-routes.ts";
import { uploadRoutes } from "./upload-routes.ts";

const TYPES: Record<string, string> = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8" };
const routes = { ...uploadRoutes, ...signingRoutes };

export type AppServer = {
  url: string;
  /** Calls to the app since the last time, by path */
  takeCalls: () => Map<string, number>;
  stop: () => void;
};

async function answer(pages: string, request: IncomingMessage, response: ServerResponse, calls: Map<string, number>): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://app");
  const route = routes[pathname];
  if (!route) {
    const file = pathname === "/" ? "/page.html" : pathname;
    const type = TYPES[extname(file)];
    if (type === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": type }).end(await readFile(join(pages, file)));
    return;
  }
  calls.set(pathname, (calls.get(pathname) ?? 0) + 1);
  const result = await route(request.method === "POST" ? await json(request) : undefined);
  if (result === null) response.writeHead(204).end();
  else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result));
}

/** The app's side of the bench: the built page in `pages`, the upload routes, and those that sign for the other contestants. */
export async function startAppServer(pages: string): Promise<AppServer> {
  const calls = new Map<string, number>();
  const server = createServer((request, response) => {
    answer(pages, request, response, calls).catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeCalls: () => {
      const taken = new Map(calls);
      calls.clear();
      return taken;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
