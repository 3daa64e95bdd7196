import type { Fault } from "../../../scripts/local/object-store/fault.ts";
import { startObjectStore } from "../../../scripts/local/object-store/server.ts";
import { BUCKET } from "../../../scripts/local/environment.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import type { StoreAnswer, StoreOrder } from "./store-control.ts";

// The object store in a process of its own, as it would be: the browser and the app don't wait for its processor time. It does what
// store-control.ts tells it, one order after the other.

const BUSY: Fault = { kind: "error", status: 503, code: "SlowDown" };

const [dir = "", accessKey = "", secretKey = ""] = process.argv.slice(2);
const store = await startObjectStore({ dir, accessKey, secretKey, buckets: [BUCKET], discard: true });

function answerTo(order: StoreOrder): StoreAnswer {
  const { bytesPerSecond, failing } = order;
  const { requests, failures, bytesIn } = store.traffic.of("UploadPart");
  const { user, system } = process.cpuUsage();
  store.traffic.reset();
  store.connectionBytesPerSecond = bytesPerSecond;
  const random = seededRandom(failing?.seed ?? 0);
  // A refused preflight would be a broken line to the browser, not a busy store.
  store.onRequest = failing && (({ operation }) => (operation !== "Preflight" && random() < failing.share ? BUSY : undefined));
  return { port: store.port, parts: requests, failures, bytesIn, cpuSeconds: (user + system) / 1e6 };
}

process.on("message", (order: StoreOrder) => process.send?.(answerTo(order)));
process.on("disconnect", () => process.exit(0));
process.send?.(answerTo({}));
