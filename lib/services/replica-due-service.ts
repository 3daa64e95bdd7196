import "server-only";
import { replicaPlace } from "../clients/store-place";
import { doomReplicas, putReplicasDue, type FinishedObjects } from "../data/replica-object";
import type { Db, TenantScope } from "../data/transaction";

// What a change of the ledger means for the replica, in that change's own transaction. Where there is none, nothing is written.

/** These objects are finished: they wait to be copied. */
export async function expectReplica(tx: Db, scope: TenantScope, which: FinishedObjects): Promise<void> {
  if (replicaPlace) await putReplicasDue(scope, which, tx);
}

/** These files are purged: their copies are to go. */
export async function giveUpReplica(tx: Db, files: readonly { id: string }[]): Promise<void> {
  const ids = files.map(({ id }) => id);
  if (replicaPlace) await doomReplicas(ids, tx);
}
