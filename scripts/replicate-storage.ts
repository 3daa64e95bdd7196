import { parseArgs } from "node:util";
import { comparisonSchema } from "@/lib/schemas/storage-replica";
import { compareReplica } from "@/lib/services/replica-comparison-service";
import { drainReplica } from "@/lib/services/storage-replica-service";

// npm run replicate -- [--compare]
// Notes what the replica lacks, or has too much, and then copies and deletes until nothing is left to do: for the first fill of a replica.
// With --compare it only notes. It may be stopped at any time, and goes on where it was.

const { values } = parseArgs({ options: { compare: { type: "boolean" } } });
const actor = { kind: "system", label: "script:replicate-storage" } as const;
const never = new Date(8.64e15);

const { counts: compared } = await compareReplica(comparisonSchema.parse({}), never);
console.log(`Noted: ${compared.due + compared.lost} to copy, ${compared.doomed} to delete.`);
const drained = values.compare ? {} : await drainReplica(actor, never);
console.log(JSON.stringify({ ...compared, ...drained }));
process.exit(drained.failed || drained.replicaDown || drained.mainDown || compared.kept ? 1 : 0);
