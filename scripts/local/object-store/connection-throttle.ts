import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** What a connection may take at once after a rest, in seconds of its rate. */
const BURST_SECONDS = 0.05;

/** Until when, by performance.now(), a connection has used up its rate. */
type PaidUntil = number;

/**
 * Holds the request bodies of each connection to a rate, as a long line or a provider does: a token bucket for every socket. The bytes
 * wait in the kernel, so the sender feels it as a slow peer.
 */
export class ConnectionThrottle {
  /** Bytes a second for each connection; undefined: no limit. May change at any time. */
  bytesPerSecond: number | undefined;
  readonly #paid = new WeakMap<Socket, PaidUntil>();

  constructor(bytesPerSecond?: number) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Takes `count` bytes of a connection's rate. When that is used up, the promise resolves once there is some again. */
  take(socket: Socket, count: number): Promise<void> | undefined {
    const rate = this.bytesPerSecond;
    if (rate === undefined) return undefined;
    const now = performance.now();
    const paid = Math.max(this.#paid.get(socket) ?? 0, now - BURST_SECONDS * 1000) + (count / rate) * 1000;
    this.#paid.set(socket, paid);
    return paid > now ? delay(paid - now) : undefined;
  }
}
