import { parseArgs } from "node:util";
import { startObjectStore } from "./object-store/server.ts";
import type { ObjectStoreOptions } from "./object-store/server.ts";

const USAGE = `Usage: npm run store -- --dir <directory> --access-key <key> --secret-key <secret>
  [--port 9100] [--host 127.0.0.1] [--region <region>] [--bucket <name>]... [--public-prefix <prefix>]...`;

class UsageError extends Error {}

function readOptions(args: string[]): ObjectStoreOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string", default: "9100" },
      host: { type: "string", default: "127.0.0.1" },
      dir: { type: "string" },
      "access-key": { type: "string" },
      "secret-key": { type: "string" },
      region: { type: "string" },
      bucket: { type: "string", multiple: true, default: [] },
      "public-prefix": { type: "string", multiple: true, default: [] },
    },
  });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) throw new UsageError(`--port ${values.port} is not a port number.`);
  const { dir, "access-key": accessKey, "secret-key": secretKey, region } = values;
  if (!dir || !accessKey || !secretKey) throw new UsageError(`--dir, --access-key and --secret-key are needed.\n${USAGE}`);
  return {
    port,
    host: values.host,
    dir,
    accessKey,
    secretKey,
    ...(region === undefined ? {} : { region }),
    buckets: values.bucket,
    publicPrefixes: values["public-prefix"],
  };
}

function explain(error: unknown, options: ObjectStoreOptions | undefined): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  const port = options?.port ?? 0;
  if (code === "EADDRINUSE") return `Port ${port} is already in use: stop the program that has it or choose another with --port.`;
  if (code === "EACCES") return `Not allowed to use port ${port} or ${options?.dir ?? "the directory"}.`;
  if (typeof code === "string" && code.startsWith("ERR_PARSE_ARGS")) return `${error.message}\n${USAGE}`;
  return error.message;
}

async function main(): Promise<void> {
  let options: ObjectStoreOptions | undefined;
  try {
    options = readOptions(process.argv.slice(2));
    const store = await startObjectStore(options);
    process.stdout.write(`The object store is ready at ${store.url} (files in ${options.dir}).\n`);
    const stop = (): void => {
      void store.close();
    };
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  } catch (error) {
    process.stderr.write(`${explain(error, options)}\n`);
    process.exitCode = 1;
  }
}

await main();
