import type { Writable } from "node:stream";
import { consumeBody } from "./consume.ts";
import type { Consumed, ConsumeOptions } from "./consume.ts";
import type { Context } from "../context.ts";
import type { ContentFiles } from "../content-files.ts";

/**
 * Fills a new content file through `fill`. When `fill` fails, the file is removed and the failure passed on; when it
 * succeeds, the file stays on the discard list until `commit` has put it into a row.
 */
export async function withNewFile<T, R>(
  files: ContentFiles,
  fill: (sink: Writable) => Promise<T>,
  commit: (file: string, filled: T) => R,
): Promise<R> {
  const file = await files.reserve();
  try {
    const filled = await fill(await files.write(file));
    return commit(file, filled);
  } catch (error) {
    await files.discard([file]);
    throw error;
  }
}

/** Streams the request's body into a new content file, verified, then runs `commit`. */
export async function storeBody<R>(
  context: Context,
  options: Omit<ConsumeOptions, "onBytes">,
  commit: (file: string, consumed: Consumed) => R,
): Promise<R> {
  const { request, response, caller, store, onBytesIn } = context;
  return withNewFile(store.files, (sink) => consumeBody(request, response, caller, sink, { ...options, onBytes: onBytesIn }), commit);
}
