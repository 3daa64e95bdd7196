import { parseArgs } from "node:util";
import { prefixMoveSchema } from "@/lib/schemas/storage-move";
import { movePrefix } from "@/lib/services/storage-prefix-service";
import { runForTerminal } from "./move-output.ts";

// npm run migrate:files -- <old prefix> <new prefix> [--dry-run] [--rate <MiB per second>] [--report <file.csv>]
// Gives every file under the old prefix a key under the new one, and an organization whose prefix it is that prefix.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "dry-run": { type: "boolean" }, rate: { type: "string" }, report: { type: "string" } },
});
const [from = "", to = ""] = positionals;
const { "dry-run": dryRun, rate, report } = values;

const move = prefixMoveSchema.safeParse({ from, to });
if (!move.success) {
  console.error(move.error.issues[0]?.message ?? "Name the old and the new prefix.");
  process.exit(1);
}
await runForTerminal({ rate, report }, (options) =>
  movePrefix({ kind: "system", label: "script:migrate-file-structure" }, { ...move.data, dryRun }, options),
);
