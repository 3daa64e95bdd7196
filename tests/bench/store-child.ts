import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { startObjectStore } from "../../scripts/local/object-store/server.ts";

// One server in a process of its own: `store`, or the bare sink that it is measured against. Tells its port, then its
// memory (bytes) and processor time so far (microseconds) whenever it is asked.

/** What the store must do to a signed body at the least: write it to disk and hash it by MD5 and SHA-256. */
function startSink(directory: string): Promise<number> {
  const server = createServer((request, response) => {
    const [md5, sha256] = [createHash("md5"), createHash("sha256")];
    request.on("data", (chunk: Buffer) => {
      md5.update(chunk);
      sha256.update(chunk);
    });
    pipeline(request, createWriteStream(join(directory, basename(request.url ?? "")))).then(
      () => response.end(md5.digest("hex") + sha256.digest("hex")),
      (error: unknown) => response.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));
}

const [kind, dir = "", accessKey = "", secretKey = "", bucket = ""] = process.argv.slice(2);
const port = kind === "store" ? (await startObjectStore({ dir, accessKey, secretKey, buckets: [bucket] })).port : await startSink(dir);
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ rss: process.memoryUsage.rss(), cpu: user + system });
});
process.on("disconnect", () => process.exit(0));
process.send?.({ port });
