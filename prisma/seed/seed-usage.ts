import { DAY, fromNow } from "@/lib/core/clock";
import { db } from "@/lib/db";

/** Days of history. */
const DAYS = 120;
/** By then, counted back from today, everything that is there today had come. */
const SETTLED = 8;
/** An older cut of the largest file that lay there for a while: days back from today, and its share of that file's bytes. */
const OLD_CUT = { from: 70, until: 44, share: 0.8 };

/**
 * Writes the days before today as if the files of the organization had come one after the other, and one was replaced. Leaves an
 * organization alone that has days already.
 */
export async function seedUsage(organizationId: string): Promise<void> {
  if ((await db.storageUsageDay.count({ where: { organizationId } })) > 0) return;
  const rows = await db.mediaFile.findMany({
    where: { organizationId, state: "READY" },
    select: { id: true, bytes: true, parentId: true },
    orderBy: { id: "asc" },
  });
  // The sizes of a picture come with it.
  const sums = new Map<string, bigint>();
  for (const { id, bytes, parentId } of rows) sums.set(parentId ?? id, (sums.get(parentId ?? id) ?? 0n) + bytes);
  const files = [...sums.values()];
  const largest = files.reduce((most, bytes) => (bytes > most ? bytes : most), 0n);
  const oldCut = BigInt(Math.round(Number(largest) * OLD_CUT.share));
  const days = Array.from({ length: DAYS }, (_, index) => DAYS - index).map((ago) => {
    const share = Math.min(1, (DAYS - ago + 1) / (DAYS - SETTLED));
    const there = files.slice(0, Math.ceil(files.length * share));
    const extra = ago <= OLD_CUT.from && ago > OLD_CUT.until ? oldCut : 0n;
    const usedBytes = there.reduce((sum, bytes) => sum + bytes, extra);
    return { organizationId, day: fromNow(-ago * DAY), usedBytes, files: there.length + (extra > 0n ? 1 : 0) };
  });
  await db.storageUsageDay.createMany({ data: days, skipDuplicates: true });
}
