import { parseArgs } from "node:util";
import { AppError } from "@/lib/core/app-error";
import { setUpBuckets, type SettingsView } from "@/lib/services/storage-bucket-service";

// node scripts/load-env-and-run-cors.mjs [--check]
// Opens every bucket of the settings to browsers and has it end uploads that nobody goes on with; tells what it had and has. With --check
// it changes nothing, and ends with 1 when something differs.

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });

const show = (rules: unknown) =>
  JSON.stringify(rules, null, 2)
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");

function describe(what: string, view: SettingsView | null): string {
  if (!view) return `  ${what}: this provider has none; dead uploads are left to the sweep.`;
  if (!view.differs) return `  ${what}: as it should be.\n${show(view.before)}`;
  return `  ${what}, before:\n${show(view.before)}\n  ${what}, ${values.check ? "as it should be" : "now"}:\n${show(view.after)}`;
}

/** What the store answered is for whoever runs this: a key that may not change settings is told so. */
function endWith(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  console.error(`${error.log ?? error.message}. Does the key have the right to change the bucket's settings?`);
  process.exit(1);
}

const buckets = await setUpBuckets({ kind: "system", label: "script:update-tigris-cors" }, { check: values.check }).catch(endWith);
for (const { name, bucket, cors, lifecycle, warnings } of buckets) {
  console.log(`${name} (${bucket})`);
  console.log(describe("CORS", cors));
  console.log(describe("Lifecycle", lifecycle));
  for (const warning of warnings) console.warn(`  Look at this: ${warning}.`);
}
const differing = buckets.filter(({ cors, lifecycle }) => cors.differs || lifecycle?.differs === true).map(({ name }) => name);
if (differing.length === 0) console.log("Nothing had to be changed.");
else console.log(values.check ? `To be changed: ${differing.join(", ")}.` : `Changed: ${differing.join(", ")}.`);
process.exit(values.check && differing.length > 0 ? 1 : 0);
