import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { appEnvironment, BUCKET, PUBLIC_PREFIX } from "../../scripts/local/environment.ts";
import { startObjectStore } from "../../scripts/local/object-store/server.ts";
import { readSecrets } from "../../scripts/local/secrets.ts";

// vitest's setup file of the storage tests: the endpoint that AWS_ENDPOINT_URL_S3 names, else an embedded store of this file's own. The
// settings are in the environment before any of the app's modules reads them; what the app needs beside storage is made up.
const NEEDED = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES"] as const;
const PASSED_ON = ["AWS_ENDPOINT_URL_S3", "AWS_REGION", "S3_FORCE_PATH_STYLE", "NEXT_PUBLIC_S3_PUBLIC_URL", ...NEEDED] as const;
const NO_PORTS = { app: 1, postgres: 1, store: 1, smtp: 1, mailbox: 1 };

const dir = mkdtempSync(join(tmpdir(), "storage-test-"));
const secrets = readSecrets(dir);
const madeUp = appEnvironment("test", "postgresql://nobody@127.0.0.1:1/none", NO_PORTS, secrets);

/** Address of the endpoint under test. */
export const endpoint = process.env.AWS_ENDPOINT_URL_S3 || "the embedded store";
/** Whether it is the embedded store, of which nothing may be missing. */
export const embedded = !process.env.AWS_ENDPOINT_URL_S3;
/** Where public objects are read; null when it was not told. */
export const hasPublicAddress = embedded || Boolean(process.env.NEXT_PUBLIC_S3_PUBLIC_URL);

if (embedded) {
  const { storeAccessKey: accessKey, storeSecretKey: secretKey } = secrets;
  const store = await startObjectStore({
    dir: join(dir, "objects"),
    accessKey,
    secretKey,
    buckets: [BUCKET],
    publicPrefixes: [PUBLIC_PREFIX],
  });
  Object.assign(process.env, madeUp, { AWS_ENDPOINT_URL_S3: store.url, NEXT_PUBLIC_S3_PUBLIC_URL: `${store.url}/${BUCKET}` });
  afterAll(() => store.close());
} else {
  const missing = NEEDED.filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`AWS_ENDPOINT_URL_S3 is set, so ${missing.join(", ")} must be as well.`);
  const given = PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  // The embedded store's own defaults for what was not given would be wrong here.
  delete madeUp.S3_FORCE_PATH_STYLE;
  Object.assign(process.env, madeUp, Object.fromEntries(given));
}

afterAll(() => rmSync(dir, { recursive: true, force: true }));
