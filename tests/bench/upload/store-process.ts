import type { Fault } from "../../../scripts/local/object-store/fault.ts";
import { startObjectStore } from "../../../scripts/local/object-store/server.ts";
import { BUCKET } from "../../../scripts/local/environment.ts";
import { partFailures } from "./part-failures.ts";
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
  const fails = failing && partFailures(failing.share, failing.seed);
  // Parts alone: they are what an upload is made of. One more or less of the few calls around them would say more about luck.
  store.onRequest = fails && (({ operation }) => (operation === "UploadPart" && fails() ? BUSY : undefined));
  return { port: store.port, parts: requests, failures, bytesIn, cpuSeconds: (user + system) / 1e6 };
}

process.on("message", (order: StoreOrder) => process.send?.(answerTo(order)));
process.on("disconnect", () => process.exit(0));
process.send?.(answerTo({}));
