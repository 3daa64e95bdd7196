import type { Connection } from "./doors";

/**
 * Whether the machine has a line at all (HTML, "Browser state"): "offline" is certain, "online" only says that trying makes sense.
 */
export function createConnection(
  page: Pick<Window, "addEventListener" | "removeEventListener"> & { navigator: { onLine: boolean } },
): Connection {
  return {
    isOnline: () => page.navigator.onLine,
    whenOnline: (signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const end = () => {
          page.removeEventListener("online", online);
          signal.removeEventListener("abort", stop);
        };
        const online = () => {
          end();
          resolve();
        };
        const stop = () => {
          end();
          reject(signal.reason as Error);
        };
        page.addEventListener("online", online);
        signal.addEventListener("abort", stop);
        // It may have come back in between.
        if (page.navigator.onLine) online();
      }),
  };
}
