import { browserClock } from "./browser-clock";
import { createConnection } from "./connection";
import type { TransferDoors } from "./doors";
import { createHasher } from "./hasher";
import { shareHashing } from "./share-hashing";
import { xhrTransport } from "./xhr-transport";

const startHashWorker = () => new Worker(new URL("./hash-worker.ts", import.meta.url), { type: "module" });

/**
 * The engine's doors in a page, all but the server. Two hash workers serve all files: before the first byte can leave, and while a fast line
 * waits for addresses, nothing else needs the processor. The second is started when it is first needed.
 */
export function createBrowserDoors(): Omit<TransferDoors, "api"> {
  return {
    transport: xhrTransport,
    hasher: shareHashing([createHasher(startHashWorker), createHasher(startHashWorker)]),
    clock: browserClock,
    random: Math.random,
    connection: createConnection(window),
  };
}
