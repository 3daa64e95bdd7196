import "server-only";
import { mainHealth } from "../clients/store-health";
import { mainPlace, placeNamed, replicaPlace, type StorePlace } from "../clients/store-place";
import { objectUrl } from "../core/public-url";
import { findCopiedKeys } from "../data/replica-object";

/** An object as the ledger names it. */
export type Placed = { fileKey: string; store: string };

/**
 * Where each of these objects is read: in its own bucket, and in the replica while the main store does not answer and the replica has it.
 * No query is made while the main store is up, and one for all of the objects while it is down.
 *
 * @param options.doubt somebody could not read one of them just now: the store is asked at once
 * @throws AppError UNAVAILABLE (by the function) for a bucket that no setting names
 */
export async function findReadPlaces(objects: readonly Placed[], options?: { doubt?: boolean }): Promise<(object: Placed) => StorePlace> {
  const own = ({ store }: Placed) => placeNamed(store);
  const inMain = objects.filter(({ store }) => store === mainPlace.name);
  if (!replicaPlace || !mainHealth || inMain.length === 0 || (await mainHealth.isUp(options))) return own;
  const replica = replicaPlace;
  const copied = await findCopiedKeys(inMain.map(({ fileKey }) => fileKey));
  return (object) => (object.store === mainPlace.name && copied.has(object.fileKey) ? replica : own(object));
}

/** The address at which everybody may read a public object; null when its bucket has none. */
export type PublicUrls = (object: Placed) => string | null;

/** The same for public objects: where everybody reads them. */
export async function findPublicUrls(objects: readonly Placed[]): Promise<PublicUrls> {
  const placeOf = await findReadPlaces(objects);
  return (object) => {
    const base = placeOf(object).publicUrl ?? placeNamed(object.store).publicUrl;
    return base === null ? null : objectUrl(base, object.fileKey);
  };
}
