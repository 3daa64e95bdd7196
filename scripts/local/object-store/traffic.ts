import type { OperationName } from "./route.ts";

/** What one operation, or all of them, did since the start or the last reset. */
export interface TrafficCount {
  readonly requests: number;
  /** Answers with a status of 400 or more, and connections that broke. */
  readonly failures: number;
  /** Bytes of request bodies. */
  readonly bytesIn: number;
  /** Bytes of answers, headers included, as written to the socket. */
  readonly bytesOut: number;
}

/** `Unknown` counts requests that were refused before they could be told apart. */
export type TrafficName = OperationName | "Unknown";

const NOTHING: TrafficCount = { requests: 0, failures: 0, bytesIn: 0, bytesOut: 0 };

function sum(left: TrafficCount, right: Partial<TrafficCount>): TrafficCount {
  return {
    requests: left.requests + (right.requests ?? 0),
    failures: left.failures + (right.failures ?? 0),
    bytesIn: left.bytesIn + (right.bytesIn ?? 0),
    bytesOut: left.bytesOut + (right.bytesOut ?? 0),
  };
}

/**
 * Counts requests and bytes by operation, so that a test or a bench can say what the product asked of its storage.
 * Requests, failures and bytes in are counted before the answer leaves; bytes out when it has left.
 */
export class Traffic {
  readonly #counts = new Map<TrafficName, TrafficCount>();

  /** Adds to what is counted under `name`. */
  add(name: TrafficName, count: Partial<TrafficCount>): void {
    this.#counts.set(name, sum(this.of(name), count));
  }

  of(name: TrafficName): TrafficCount {
    return this.#counts.get(name) ?? NOTHING;
  }

  total(): TrafficCount {
    return [...this.#counts.values()].reduce((total, count) => sum(total, count), NOTHING);
  }

  reset(): void {
    this.#counts.clear();
  }
}
