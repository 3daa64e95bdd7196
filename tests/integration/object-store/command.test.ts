import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { connect } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, describe, expect, it, vi } from "vitest";
import { ACCESS_KEY, BUCKET, contentFiles, createClient, MIB, SECRET_KEY, temporaryDirectory } from "./test-store.ts";

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
});

interface Command {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  readonly exit: Promise<number | null>;
}

function run(...args: string[]): Command {
  const child = spawn(process.execPath, ["scripts/local/store.ts", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let [output, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve)).finally(() => running.delete(child));
  return { child, output: () => output, errors: () => errors, exit };
}

async function start(dir: string): Promise<Command & { readonly url: string }> {
  const command = run(
    "--port",
    "0",
    "--dir",
    dir,
    "--access-key",
    ACCESS_KEY,
    "--secret-key",
    SECRET_KEY,
    "--bucket",
    BUCKET,
    "--public-prefix",
    "open/",
  );
  await vi.waitFor(() => expect(command.output()).toMatch(/\n$/), { timeout: 10_000 });
  return { ...command, url: /http:\/\/[\d.:]+/.exec(command.output())?.[0] ?? "" };
}

describe("npm run store", () => {
  it("says in one line that it is ready, serves, and ends clean on Ctrl-C", async () => {
    const command = await start(temporaryDirectory());
    expect(command.output()).toMatch(/^The object store is ready at http:\/\/127\.0\.0\.1:\d+ \(files in .*\)\.\n$/);
    await createClient(command.url).send(new PutObjectCommand({ Bucket: BUCKET, Key: "open/x", Body: "hello" }));
    expect(await (await fetch(`${command.url}/${BUCKET}/open/x`)).text()).toBe("hello");
    command.child.kill("SIGINT");
    expect(await command.exit).toBe(0);
    expect(command.errors()).toBe("");
  });

  it("killed in the middle of a PUT leaves the old object, and the next start clears the rest", async () => {
    const dir = temporaryDirectory();
    const first = await start(dir);
    const client = createClient(first.url);
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: "k", Body: "old" }));
    const url = new URL(await getSignedUrl(client, new PutObjectCommand({ Bucket: BUCKET, Key: "k", ContentLength: 10 * MIB })));
    const socket = connect(Number(url.port), url.hostname);
    socket.on("error", () => undefined);
    socket.write(`PUT ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-length: ${10 * MIB}\r\n\r\n`);
    socket.write(Buffer.alloc(4 * MIB));
    await vi.waitFor(() => expect(contentFiles(dir)).toHaveLength(2));
    first.child.kill("SIGKILL");
    await first.exit;
    expect(contentFiles(dir)).toHaveLength(2);
    const second = await start(dir);
    expect(contentFiles(dir)).toHaveLength(1);
    const { Body } = await createClient(second.url).send(new GetObjectCommand({ Bucket: BUCKET, Key: "k" }));
    expect(await Body?.transformToString()).toBe("old");
    second.child.kill("SIGTERM");
    expect(await second.exit).toBe(0);
  });

  it("says in one sentence that its port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const command = run("--port", String(port), "--dir", temporaryDirectory(), "--access-key", "a", "--secret-key", "b");
    expect(await command.exit).toBe(1);
    expect(command.errors()).toBe(`Port ${port} is already in use: stop the program that has it or choose another with --port.\n`);
    other.close();
  });

  it("says what it needs", async () => {
    const bare = run("--port", "0");
    expect(await bare.exit).toBe(1);
    expect(bare.errors()).toMatch(/^--dir, --access-key and --secret-key are needed\.\nUsage: npm run store/);
    const odd = run("--port", "lots");
    expect(await odd.exit).toBe(1);
    expect(odd.errors()).toBe("--port lots is not a port number.\n");
  });
});
