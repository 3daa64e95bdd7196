import { DAY, fromNow } from "@/lib/core/clock";
import { db } from "@/lib/db";
import { seedId } from "./seed-id";

/** Days of history. */
const DAYS = 120;
/** What was there on the first of them, as a share of what is there today. */
const BEGAN_WITH = 0.22;
/** Files come on about every third day. */
const QUIET = 0.65;
/** A video that lay there twice for a while, before its old cut was let go: days back from today, and its share of today's bytes. */
const OLD_CUT = { from: 64, until: 47, share: 0.11 };

/** A number from 0 to 1 that is the same on every run. */
const chance = (...name: string[]) => Number.parseInt(seedId(...name).slice(0, 6), 16) / 0xffffff;

/**
 * Writes the days before today as if what is there had come bit by bit, and one video was replaced. Leaves an organization alone that has
 * days already.
 */
export async function seedUsage(organizationId: string): Promise<void> {
  if ((await db.storageUsageDay.count({ where: { organizationId } })) > 0) return;
  const stored = { organizationId, state: "READY" } as const;
  const { _sum } = await db.mediaFile.aggregate({ where: stored, _sum: { bytes: true } });
  const files = await db.mediaFile.count({ where: { ...stored, parentId: null } });
  const steps = Array.from({ length: DAYS }, (_, index) => {
    const day = String(DAYS - index);
    return chance(organizationId, "quiet", day) < QUIET ? 0 : chance(organizationId, "step", day);
  });
  const sum = steps.reduce((total, step) => total + step, 0);
  let came = 0;
  const days = steps.map((step, index) => {
    came += step;
    const ago = DAYS - index;
    const share = BEGAN_WITH + (1 - BEGAN_WITH) * (came / sum);
    const extra = ago <= OLD_CUT.from && ago > OLD_CUT.until ? OLD_CUT.share : 0;
    return {
      organizationId,
      day: fromNow(-ago * DAY),
      usedBytes: BigInt(Math.round(Number(_sum.bytes ?? 0) * (share + extra))),
      files: Math.ceil(files * share) + (extra > 0 ? 1 : 0),
    };
  });
  await db.storageUsageDay.createMany({ data: days, skipDuplicates: true });
}
