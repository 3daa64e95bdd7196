import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** How the store is to behave from now on. */
export type StoreOrder = {
  /** Of each connection; none: as fast as it goes */
  bytesPerSecond?: number;
  /** Share of the part requests that are answered 503, at places that the seed chooses */
  failing?: { share: number; seed: number };
};

/** What the store did since the order before. */
export type StoreAnswer = { port: number; parts: number; failures: number; bytesIn: number; cpuSeconds: number };

export type StoreProcess = {
  url: string;
  /** Changes the store's behaviour and tells what it did until now. */
  order: (order: StoreOrder) => Promise<StoreAnswer>;
  stop: () => void;
};

/** Starts the embedded store, keeping nothing, in a process of its own. @param keys access key and secret key */
export async function startStoreProcess(dir: string, keys: readonly [string, string]): Promise<StoreProcess> {
  const child = fork(join(import.meta.dirname, "store-process.ts"), [dir, ...keys]);
  const answer = async (): Promise<StoreAnswer> => {
    const [message] = (await once(child, "message")) as [StoreAnswer];
    return message;
  };
  const { port } = await answer();
  return {
    url: `http://127.0.0.1:${port}`,
    order: (order) => {
      const answered = answer();
      child.send(order);
      return answered;
    },
    stop: () => child.disconnect(),
  };
}
