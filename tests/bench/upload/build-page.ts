import { join } from "node:path";
import { build } from "vite";

const ROOT = join(import.meta.dirname, "../../..");

/** Bundles the page with the product's own engine and Uppy into `outDir`. */
export async function buildPage(outDir: string): Promise<void> {
  await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: "warn",
    resolve: { alias: { "@": ROOT } },
    worker: { format: "es" },
    build: { outDir, emptyOutDir: true, target: "esnext", rolldownOptions: { input: join(import.meta.dirname, "page.html") } },
  });
}
