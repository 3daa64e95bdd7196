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

function sum(left: TrafficCount, right: TrafficCount): TrafficCount {
  return {
    requests: left.requests + right.requests,
    failures: left.failures + right.failures,
    bytesIn: left.bytesIn + right.bytesIn,
    bytesOut: left.bytesOut + right.bytesOut,
  };
}

/** Counts requests and bytes by operation, so that a test or a bench can say what the product asked of its storage. */
export class Traffic {
  readonly #counts = new Map<TrafficName, TrafficCount>();

  /** Adds one finished request. */
  record(name: TrafficName, count: Omit<TrafficCount, "requests">): void {
    this.#counts.set(name, sum(this.of(name), { requests: 1, ...count }));
  }

  of(name: TrafficName): TrafficCount {
    return this.#counts.get(name) ?? NOTHING;
  }

  total(): TrafficCount {
    return [...this.#counts.values()].reduce(sum, NOTHING);
  }

  reset(): void {
    this.#counts.clear();
  }
}
