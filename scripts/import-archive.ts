import { open } from "node:fs/promises";
import { parseArgs } from "node:util";
import { formatBytes } from "@/lib/core/bytes";
import { importFromFile } from "@/lib/services/storage-import-service";

// npm run import -- --org <slug> --archive <file.tar>
// Brings the courses of an export that lies on this machine, of this installation or another, into an organization, as drafts. Killed
// half-way, the same command goes on a few minutes later.

const { values } = parseArgs({ options: { org: { type: "string" }, archive: { type: "string" } } });
if (!values.org || !values.archive) {
  console.error("Usage: npm run import -- --org <slug> --archive <file.tar>");
  process.exit(2);
}

const file = await open(values.archive);
const { size } = await file.stat();
const read = async (start: number, end: number): Promise<Uint8Array> => {
  const bytes = new Uint8Array(end - start);
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done);
    if (bytesRead === 0) throw new Error("The archive became shorter while it was read.");
    done += bytesRead;
  }
  return bytes;
};

const actor = { kind: "system", label: "script:import-archive" } as const;
const imported = await importFromFile(actor, { org: values.org, archive: { size, read } });
await file.close();
console.log(imported.error ?? `Done: ${imported.courses} courses, ${imported.files} files, ${formatBytes(imported.bytes)}.`);
console.log(JSON.stringify(imported));
process.exit(imported.state === "DONE" ? 0 : 1);
