import { Agent, request as httpRequest } from "node:http";
import type { NextRequest } from "next/server";
import { POST as begin } from "@/app/api/s3/upload/route";
import { POST as sign } from "@/app/api/s3/sign/route";
import { POST as status } from "@/app/api/s3/status/route";
import { POST as complete } from "@/app/api/s3/complete/route";
import { POST as cancel } from "@/app/api/s3/cancel/route";
import { GET as uploads } from "@/app/api/s3/uploads/route";
import { browserClock } from "@/components/file-uploader/engine/browser-clock";
import { LineLost, type Clock, type Hasher, type PartTransport, type TransferDoors } from "@/components/file-uploader/engine/doors";
import { createPageHasher } from "@/components/file-uploader/engine/hasher";
import { createUploadApi } from "@/components/file-uploader/engine/upload-api";
import { callRoute } from "../../support/call-route";
import { redrawBySharp } from "../../support/redraw";
import { seededRandom } from "../../support/seeded-random";

type Route = (request: NextRequest, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
const routes: Record<string, Route> = {
  "/api/s3/upload": begin,
  "/api/s3/sign": sign,
  "/api/s3/status": status,
  "/api/s3/complete": complete,
  "/api/s3/cancel": cancel,
  "/api/s3/uploads": uploads,
};

/** What one engine did, and lets a test step in. */
export type Watch = {
  /** Calls of each route: "upload", "sign", ... */
  calls: Record<string, number>;
  /** PUTs at this moment, and the most there were */
  sending: number;
  mostSending: number;
  /** Bytes of parts in this program's memory at this moment, and the most there were */
  bytes: number;
  mostBytes: number;
  /** Called before a route is; may answer in its place */
  onCall: (name: string) => Response | undefined | Promise<Response | undefined>;
  /** Called when a route has answered; may throw a TypeError, as fetch does for an answer that is lost */
  onAnswer: (name: string) => void;
  /** Milliseconds of each wait that was asked for */
  waits: number[];
};

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

function hold(watch: Watch, bytes: number): () => void {
  watch.bytes += bytes;
  watch.mostBytes = Math.max(watch.mostBytes, watch.bytes);
  return () => {
    watch.bytes -= bytes;
  };
}

const STEP = 1024 * 1024;

/** What XMLHttpRequest does in a page: a PUT of known length, with progress. */
function put({ url, headers, signal, onProgress }: Parameters<PartTransport>[0], bytes: Uint8Array): ReturnType<PartTransport> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: "PUT", agent, signal, headers: { ...headers, "content-length": bytes.length } });
    request.on("error", (error) => reject(signal.aborted ? (signal.reason as Error) : new LineLost(String(error))));
    request.on("response", (response) => {
      const code = (text: string) => /<Code>([^<]+)<\/Code>/.exec(text)?.[1] ?? null;
      const after = response.headers["retry-after"];
      const answer = { status: response.statusCode ?? 0, retryAfter: after === undefined ? null : Number(after) };
      response
        .setEncoding("utf8")
        .toArray()
        .then(
          (texts) => resolve({ ...answer, code: code(texts.join("")) }),
          (error: unknown) => reject(new LineLost(String(error))),
        );
    });
    const write = (start: number) => {
      if (request.destroyed) return;
      if (start >= bytes.length) request.end();
      else
        request.write(bytes.subarray(start, start + STEP), () => {
          onProgress(Math.min(bytes.length, start + STEP));
          write(start + STEP);
        });
    };
    write(0);
  });
}

function watchedTransport(watch: Watch): PartTransport {
  return async (request) => {
    const release = hold(watch, request.body.size);
    watch.sending += 1;
    watch.mostSending = Math.max(watch.mostSending, watch.sending);
    try {
      const bytes = await request.body.arrayBuffer().catch((error: unknown) => {
        // To a page a file that went away is a network error.
        throw new LineLost(String(error));
      });
      return await put(request, new Uint8Array(bytes));
    } finally {
      watch.sending -= 1;
      release();
    }
  };
}

/** Says when its bytes are read. */
class WatchedBlob extends Blob {
  readonly #part: Blob;
  readonly #onRead: () => void;

  constructor(part: Blob, onRead: () => void) {
    super([]);
    this.#part = part;
    this.#onRead = onRead;
  }

  override get size(): number {
    return this.#part.size;
  }

  override stream() {
    this.#onRead();
    return this.#part.stream();
  }

  override arrayBuffer() {
    return this.#part.arrayBuffer();
  }
}

function watchedHasher(watch: Watch): Hasher {
  const inner = createPageHasher();
  return async (part, signal) => {
    let release: () => void = () => undefined;
    const reading = new WatchedBlob(part, () => {
      release = hold(watch, part.size);
    });
    try {
      return await inner(reading, signal);
    } finally {
      release();
    }
  };
}

/**
 * A clock by which waits are over `speed` times sooner than they should be. What it says is the world's time: how long the engine finds
 * that something took does not depend on how busy the machine is.
 */
function hastyClock(speed: number): Clock {
  return { now: browserClock.now, wait: (milliseconds, signal) => browserClock.wait(milliseconds / speed, signal) };
}

/** The engine's doors outside of a browser: route handlers called as Next would, PUTs over HTTP, hashes in this thread. */
export function createEngineDoors({ org, cookie, speed = 1 }: { org: string; cookie: () => string; speed?: number }) {
  const clock = hastyClock(speed);
  const watch: Watch = {
    calls: {},
    sending: 0,
    mostSending: 0,
    bytes: 0,
    mostBytes: 0,
    onCall: () => undefined,
    onAnswer: () => undefined,
    waits: [],
  };
  const fetchRoute: typeof fetch = async (input, init = {}) => {
    const { pathname, search } = new URL(input as string, "http://app.test");
    const name = pathname.slice(pathname.lastIndexOf("/") + 1);
    watch.calls[name] = (watch.calls[name] ?? 0) + 1;
    const instead = await watch.onCall(name);
    if (instead) return instead;
    const route = routes[pathname];
    if (!route) throw new Error(`There is no route ${pathname}.`);
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    const answer = await callRoute(route, { method: init.method ?? "GET", path: pathname + search, body, cookie: cookie() });
    init.signal?.throwIfAborted();
    watch.onAnswer(name);
    return answer;
  };
  const doors: TransferDoors = {
    api: createUploadApi(org, fetchRoute),
    transport: watchedTransport(watch),
    hasher: watchedHasher(watch),
    clock: {
      now: clock.now,
      wait: (milliseconds, signal) => {
        watch.waits.push(milliseconds);
        return clock.wait(milliseconds, signal);
      },
    },
    random: seededRandom(7),
    connection: { isOnline: () => true, whenOnline: async () => undefined },
  };
  return { doors: { ...doors, redraw: redrawBySharp }, watch };
}
