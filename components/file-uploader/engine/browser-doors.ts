import { browserClock } from "./browser-clock";
import { createConnection } from "./connection";
import type { TransferDoors } from "./doors";
import { createHasher } from "./hasher";
import { xhrTransport } from "./xhr-transport";

/** The engine's doors in a page, all but the server. One hash worker serves all files. */
export function createBrowserDoors(): Omit<TransferDoors, "api"> {
  return {
    transport: xhrTransport,
    hasher: createHasher(() => new Worker(new URL("./hash-worker.ts", import.meta.url), { type: "module" })),
    clock: browserClock,
    random: Math.random,
    connection: createConnection(window),
  };
}
