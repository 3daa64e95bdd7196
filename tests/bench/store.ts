import { fork, type ChildProcess } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { request, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createSigner } from "../../scripts/local/object-store/auth/signer.ts";

// npm run bench:store tells how much of a bare sink's PUT throughput the object store keeps while it checks signatures and
// payload hashes and commits to its index; and how its memory grows while 1 GiB streams up and down.

const MIB = 1024 * 1024;
const BODY = randomBytes(64 * MIB);
const BODY_SHA256 = createHash("sha256").update(BODY).digest("hex");
const PARALLEL = 4;
const ROUNDS = 9;
const STREAMED_MIB = 1024;
const SAMPLE_MS = 50;
const BUCKET = "bench";
const CREDENTIALS = { accessKey: "bench", secretKey: "bench-secret" };

interface Server {
  readonly child: ChildProcess;
  readonly url: string;
}

async function reply(child: ChildProcess, name: "port" | "rss" | "cpu"): Promise<number> {
  const [message] = (await once(child, "message")) as [Record<string, number>];
  return message[name] ?? Number.NaN;
}

async function ask(child: ChildProcess, name: "rss" | "cpu"): Promise<number> {
  const answer = reply(child, name);
  child.send(name);
  return answer;
}

async function startServer(kind: "store" | "sink", dir: string): Promise<Server> {
  const child = fork(join(import.meta.dirname, "store-child.ts"), [kind, dir, CREDENTIALS.accessKey, CREDENTIALS.secretKey, BUCKET]);
  return { child, url: `http://127.0.0.1:${await reply(child, "port")}` };
}

function inMebibytes(count: number, piece: (index: number) => Buffer): Readable {
  function* pieces(): Generator<Buffer, void, void> {
    for (let index = 0; index < count; index += 1) yield piece(index);
  }
  return Readable.from(pieces());
}

/** Sends one signed request and reads its answer to the end; fails unless it is a success. */
async function send(server: Server, method: string, name: string, payload: string, length: number, body?: Readable): Promise<void> {
  const path = `/${BUCKET}/${name}`;
  const signed = await createSigner(CREDENTIALS, "auto").sign({
    protocol: "http:",
    hostname: "127.0.0.1",
    method,
    path,
    headers: { host: new URL(server.url).host, "x-amz-content-sha256": payload },
  });
  const sent = request(server.url + path, { method, headers: { ...signed.headers, "content-length": length } });
  const answered = once(sent, "response") as Promise<[IncomingMessage]>;
  await (body ? pipeline(body, sent) : sent.end());
  const [response] = await answered;
  if (response.statusCode !== 200) throw new Error(`${method} answered ${response.statusCode ?? 0}`);
  await pipeline(response, async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) if (chunk.length === 0) throw new Error("An empty chunk came.");
  });
}

interface Round {
  /** By the clock on the wall. */
  readonly seconds: number;
  /** Processor time of the server, which busy neighbours don't change. */
  readonly cpuSeconds: number;
}

/** Four PUTs of 64 MiB at once. Store and sink get the very same requests, signed with the body's SHA-256. */
async function timePuts(server: Server): Promise<Round> {
  const cpu = await ask(server.child, "cpu");
  const start = performance.now();
  const put = (_: unknown, index: number): Promise<void> => {
    const body = inMebibytes(BODY.length / MIB, (at) => BODY.subarray(at * MIB, (at + 1) * MIB));
    return send(server, "PUT", `object-${index}`, BODY_SHA256, BODY.length, body);
  };
  await Promise.all(Array.from({ length: PARALLEL }, put));
  const seconds = (performance.now() - start) / 1000;
  return { seconds, cpuSeconds: ((await ask(server.child, "cpu")) - cpu) / 1e6 };
}

/** The most that the server's memory grows, in MiB, while `work` runs. */
async function growth(child: ChildProcess, work: Promise<void>): Promise<number> {
  const before = await ask(child, "rss");
  let peak = before;
  const timer = setInterval(() => void ask(child, "rss").then((now) => (peak = Math.max(peak, now))), SAMPLE_MS);
  await work.finally(() => clearInterval(timer));
  return Math.round((peak - before) / MIB);
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function main(directory: string): Promise<void> {
  const store = await startServer("store", join(directory, "store"));
  const sink = await startServer("sink", directory);
  const taken: { store: Round; sink: Round }[] = [];
  // The first round warms both up and isn't counted.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const storeFirst = round % 2 === 0;
    const early = await timePuts(storeFirst ? store : sink);
    const late = await timePuts(storeFirst ? sink : store);
    const times = storeFirst ? { store: early, sink: late } : { store: late, sink: early };
    if (round > 0) taken.push(times);
    console.log(`round ${round} of ${ROUNDS}: store ${times.store.seconds.toFixed(2)} s, sink ${times.sink.seconds.toFixed(2)} s`);
  }
  const zeros = Buffer.alloc(MIB);
  const up = inMebibytes(STREAMED_MIB, () => zeros);
  // A process that has handled little yet: one that has grown already would hide what the stream needs.
  const fresh = await startServer("store", join(directory, "fresh"));
  await send(
    fresh,
    "PUT",
    "warm",
    "UNSIGNED-PAYLOAD",
    MIB,
    inMebibytes(1, () => zeros),
  );
  const rssGrowthUpMib = await growth(fresh.child, send(fresh, "PUT", "streamed", "UNSIGNED-PAYLOAD", STREAMED_MIB * MIB, up));
  const rssGrowthDownMib = await growth(fresh.child, send(fresh, "GET", "streamed", "UNSIGNED-PAYLOAD", 0));
  const sentMib = (PARALLEL * BODY.length) / MIB;
  const figures = {
    bench: "store",
    putRatio: Number(median(taken.map(({ store: own, sink: bare }) => bare.seconds / own.seconds)).toFixed(3)),
    cpuRatio: Number(median(taken.map(({ store: own, sink: bare }) => bare.cpuSeconds / own.cpuSeconds)).toFixed(3)),
    storeMibPerSecond: Math.round(sentMib / median(taken.map((times) => times.store.seconds))),
    sinkMibPerSecond: Math.round(sentMib / median(taken.map((times) => times.sink.seconds))),
    rounds: ROUNDS,
    rssGrowthUpMib,
    rssGrowthDownMib,
  };
  console.log(JSON.stringify(figures));
  for (const { child } of [store, sink, fresh]) child.disconnect();
}

const directory = mkdtempSync(join(tmpdir(), "bench-store-"));
try {
  await main(directory);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
