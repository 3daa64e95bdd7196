import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { formatBytes } from "@/lib/core/bytes";
import { sweepStorage } from "@/lib/services/storage-orphan-service";
import { exportFindings, getSweep, sweepFigures } from "@/lib/services/storage-report-service";

// npm run sweep -- [--delete] [--force <organization or bucket>] [--csv <file>]
// Compares the bucket with the database and says what they don't agree on. Only with --delete it changes anything: orphans older than
// the grace go to the trash, dead multipart uploads are aborted.

const { values } = parseArgs({ options: { delete: { type: "boolean" }, force: { type: "string" }, csv: { type: "string" } } });
const actor = { kind: "system", label: "script:cleanup-orphaned-files" } as const;

const { id } = await sweepStorage(actor, { mode: values.delete ? "DELETE" : "REPORT", force: values.force ?? null });
const sweep = await getSweep(actor, id);

for (const { kind, outcome, findings, bytes } of sweep.sums) {
  console.log(`${kind.padEnd(20)} ${(outcome ?? "FOUND").padEnd(10)} ${String(findings).padStart(9)}  ${formatBytes(bytes)}`);
}
for (const prefix of sweep.progress.held) console.log(`Too much of ${prefix} would go: name it with --force to allow it.`);
if (values.csv) await pipeline(Readable.from(exportFindings(actor, id)), createWriteStream(values.csv));
console.log(sweep.error ?? (values.delete ? "Done." : "Done. Nothing was changed; --delete acts on what was found."));
console.log(JSON.stringify({ sweep: id, state: sweep.state, ...sweepFigures(sweep) }));
process.exit(sweep.state === "DONE" ? 0 : 1);
