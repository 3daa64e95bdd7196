import { parseArgs } from "node:util";
import { copyFiles } from "@/lib/services/storage-migration-service";
import { deleteOldObjects } from "@/lib/services/storage-departure-service";
import { verifyFiles } from "@/lib/services/storage-verify-service";
import { runForTerminal } from "./move-output.ts";

// npm run migrate:provider -- copy --to <name> [--dry-run]
// npm run migrate:provider -- verify --to <name> [--deep]
// npm run migrate:provider -- delete --confirm <the old bucket> [--dry-run]
// and with each: [--rate <MiB per second>] [--report <file.csv>]
// Moves every file between the bucket of the AWS settings and the one of OTHER_STORE_URL, in either direction; README, "Another provider".

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    to: { type: "string" },
    confirm: { type: "string" },
    "dry-run": { type: "boolean" },
    deep: { type: "boolean" },
    rate: { type: "string" },
    report: { type: "string" },
  },
});
const [phase] = positionals;
const { to = "", confirm = "", deep, "dry-run": dryRun, rate, report } = values;
const actor = { kind: "system", label: "script:migrate-provider" } as const;

await runForTerminal({ rate, report }, (options) => {
  if (phase === "copy") return copyFiles(actor, { to, dryRun }, options);
  if (phase === "verify") return verifyFiles(actor, { to, deep }, options);
  if (phase === "delete") return deleteOldObjects(actor, { confirm, dryRun }, options);
  console.error("Say what to do: copy, verify or delete.");
  process.exit(1);
});
