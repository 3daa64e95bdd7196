import "server-only";
import { readCors, readLifecycle, writeCors, writeLifecycle } from "../clients/bucket-settings";
import { archivePlace, mainPlace, otherPlace, replicaPlace, type StorePlace } from "../clients/store-place";
import { abortAfterDays, findDangerousRules, withAbortRule, withBrowserRule } from "../core/bucket-rules";
import { env } from "../env";
import type { SystemActor } from "../policies/actor";

/** One kind of a bucket's settings; `before` and `after` are what the store tells. */
export type SettingsView = { before: unknown; after: unknown; differs: boolean };
export type BucketView = {
  name: string;
  bucket: string;
  cors: SettingsView;
  /** Null where the provider has no lifecycle rules */
  lifecycle: SettingsView | null;
  warnings: string[];
};

type Mode = { check: boolean };

async function setCors(place: StorePlace, { check }: Mode): Promise<SettingsView> {
  const before = await readCors(place);
  const wanted = withBrowserRule(before);
  if (!wanted || check) return { before, after: wanted ?? before, differs: wanted !== null };
  await writeCors(place, wanted);
  return { before, after: await readCors(place), differs: true };
}

async function setLifecycle(place: StorePlace, { check }: Mode): Promise<{ view: SettingsView | null; warnings: string[] }> {
  const days = abortAfterDays(env.UPLOAD_LEASE_HOURS);
  const before = await readLifecycle(place);
  if (!before) return { view: null, warnings: [] };
  const warnings = findDangerousRules(before, days);
  const wanted = withAbortRule(before, days);
  if (!wanted || check) return { view: { before, after: wanted ?? before, differs: wanted !== null }, warnings };
  if (!(await writeLifecycle(place, wanted))) return { view: null, warnings };
  return { view: { before, after: await readLifecycle(place), differs: true }, warnings };
}

/**
 * Sets what every bucket of the settings needs: pages of any origin may talk to it, and uploads that nobody goes on with end. Rules of
 * others are kept. What is right already is not written.
 *
 * @param input.check changes nothing; `differs` says whether there is something to change, and `after` what it would be
 * @throws AppError UNAVAILABLE
 */
export async function setUpBuckets(_actor: SystemActor, input: Mode): Promise<BucketView[]> {
  const views: BucketView[] = [];
  for (const place of [mainPlace, archivePlace, replicaPlace, otherPlace]) {
    if (!place) continue;
    const cors = await setCors(place, input);
    const { view: lifecycle, warnings } = await setLifecycle(place, input);
    views.push({ name: place.name, bucket: place.bucket, cors, lifecycle, warnings });
  }
  return views;
}
