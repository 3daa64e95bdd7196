import type { Store } from "./context.ts";
import { prefixRange } from "./index/key-range.ts";
import type { KeyRange } from "./index/key-range.ts";
import { MAX_PAGE } from "./limits.ts";
import { appliesTo, isAbandoned, isExpired, transitionedClass } from "./lifecycle-rules.ts";
import type { LifecycleRule } from "./lifecycle-rules.ts";

/** What a sweep did, in objects and uploads. */
export interface SweepResult {
  readonly expired: number;
  readonly transitioned: number;
  readonly aborted: number;
}

async function sweepObjects(store: Store, bucket: string, rules: readonly LifecycleRule[]): Promise<Omit<SweepResult, "aborted">> {
  const now = store.clock.now();
  const { objects } = store.index;
  let [expired, transitioned] = [0, 0];
  let range: KeyRange = prefixRange(Buffer.alloc(0), undefined);
  for (;;) {
    const page = objects.range(bucket, range, MAX_PAGE);
    const last = page.at(-1);
    if (!last) return { expired, transitioned };
    range = { ...range, start: Buffer.from(last.key), exclusive: true };
    const doomed: string[] = [];
    for (const { key } of page) {
      const object = objects.find(bucket, key);
      const own = object ? rules.filter((rule) => appliesTo(rule, key, object.tags)) : [];
      if (!object || own.length === 0) continue;
      const storageClass = own.map((rule) => transitionedClass(rule, object.modified, now)).findLast((name) => name !== undefined);
      if (own.some((rule) => isExpired(rule, object.modified, now))) doomed.push(key);
      else if (storageClass !== undefined && storageClass !== object.storageClass) {
        objects.write({ ...object, storageClass });
        transitioned += 1;
      }
    }
    expired += doomed.length;
    await store.files.discard(objects.remove(bucket, doomed));
  }
}

async function sweepUploads(store: Store, bucket: string, rules: readonly LifecycleRule[]): Promise<number> {
  const now = store.clock.now();
  const abandoned = store.index.uploads
    .begunBefore(bucket, now)
    .filter((upload) => rules.some((rule) => appliesTo(rule, upload.key, []) && isAbandoned(rule, upload.initiated, now)));
  for (const upload of abandoned) await store.files.discard(store.index.uploads.abort(upload.id));
  return abandoned.length;
}

/** Does at once what S3 does once a day: applies every bucket's lifecycle rules as of the clock. */
export async function sweepLifecycle(store: Store): Promise<SweepResult> {
  let [expired, transitioned, aborted] = [0, 0, 0];
  for (const { name } of store.index.buckets.list()) {
    const json = store.index.buckets.configuration(name, "lifecycle");
    if (json === undefined) continue;
    const rules = JSON.parse(json) as LifecycleRule[];
    const swept = await sweepObjects(store, name, rules);
    expired += swept.expired;
    transitioned += swept.transitioned;
    aborted += await sweepUploads(store, name, rules);
  }
  return { expired, transitioned, aborted };
}
