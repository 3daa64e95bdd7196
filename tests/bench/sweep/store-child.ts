import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { BUCKET } from "../../../scripts/local/environment.ts";
import { ObjectIndex } from "../../../scripts/local/object-store/index/object-index.ts";
import { startObjectStore } from "../../../scripts/local/object-store/server.ts";
import { benchKey, isOrphan } from "./bench-keys.ts";

// The embedded store in a process of its own. Objects that have a row are rows of its index alone, since nobody reads them; the
// orphans are put by the bench, and get old when it says "age". It tells its port, then its counts whenever it is asked.

const WEEK_AND_A_DAY = 8 * 24 * 3_600_000;
const AT_ONCE = 10_000;

const [dir = "", accessKey = "", secretKey = "", ...sizes] = process.argv.slice(2);
const [objects = 0, orphans = 0] = sizes.map(Number);

function fillIndex(): void {
  mkdirSync(dir, { recursive: true });
  const index = new ObjectIndex(join(dir, "index.sqlite"));
  const modified = Math.floor(Date.now() / 1000) * 1000;
  const same = { bucket: BUCKET, body: "none", parts: 0, size: 1000, modified, storageClass: "STANDARD" };
  const nothing = { headers: {}, metadata: {}, tags: [], checksums: {} };
  for (let first = 0; first < objects; first += AT_ONCE) {
    index.transact(() => {
      for (let number = first; number < Math.min(first + AT_ONCE, objects); number += 1) {
        if (isOrphan(number, objects, orphans)) continue;
        index.objects.write({ ...same, ...nothing, key: benchKey(number, objects), etag: number.toString(16).padStart(32, "0") });
      }
    });
  }
  index.close();
}

fillIndex();
const store = await startObjectStore({ dir, accessKey, secretKey, buckets: [BUCKET] });
process.on("message", (order: "age" | "counts") => {
  if (order === "age") store.clock.advance(WEEK_AND_A_DAY);
  // Without the call of each process that taught it the store's time: that one was refused.
  const answered = (name: "ListObjectsV2" | "DeleteObjects" | "HeadObject" | "CopyObject"): number => {
    const { requests, failures } = store.traffic.of(name);
    return requests - failures;
  };
  process.send?.({
    port: store.port,
    lists: answered("ListObjectsV2"),
    deletes: answered("DeleteObjects"),
    heads: answered("HeadObject"),
    copies: answered("CopyObject"),
  });
  store.traffic.reset();
});
process.on("disconnect", () => process.exit(0));
process.send?.({ port: store.port });
