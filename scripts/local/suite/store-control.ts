import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { ObjectStore } from "../object-store/server.ts";
import type { TrafficName } from "../object-store/traffic.ts";

/** What a journey asks of the store: how fast each connection may send (bytes a second, null: as fast as it can), and whether to count anew. */
interface Orders {
  connectionBytesPerSecond?: number | null;
  resetTraffic?: boolean;
}

async function readOrders(request: IncomingMessage): Promise<Orders> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as Orders;
}

/**
 * Lets the journeys, which run in a process of their own, read the store's counters and slow it down: `GET /traffic/<operation>`
 * answers its counts, `POST /` takes orders. On this machine only.
 */
export async function startStoreControl(store: ObjectStore): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const [, operation] = /^\/traffic\/(\w+)$/.exec(request.url ?? "") ?? [];
    if (request.method === "GET" && operation) {
      response.setHeader("content-type", "application/json").end(JSON.stringify(store.traffic.of(operation as TrafficName)));
      return;
    }
    readOrders(request).then(
      ({ connectionBytesPerSecond, resetTraffic }) => {
        if (connectionBytesPerSecond !== undefined) store.connectionBytesPerSecond = connectionBytesPerSecond ?? undefined;
        if (resetTraffic) store.traffic.reset();
        response.writeHead(204).end();
      },
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
