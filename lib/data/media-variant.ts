import "server-only";
import { db } from "../db";
import { isPictureKind, mediaKinds, type MediaKind } from "../schemas/media";
import { addressSelect, mediaFileSelect, type FileAddress } from "./media-file";
import type { Db, TenantScope } from "./transaction";

/** What a page needs of a picture: for `select` in other rooms. Its sizes come with it, the smallest first. */
export const pictureSelect = { fileKey: true, store: true, blurDataUrl: true, derived: mediaFileSelect.derived } as const;

/** `store` is the name of the bucket that the object goes to. */
export type VariantRow = {
  fileKey: string;
  store: string;
  kind: MediaKind;
  fileName: string;
  bytes: bigint;
  width: number;
  height: number;
};

/**
 * Writes one size of a picture as PENDING, or makes the row of the same key that again. It has no lease of its own: it shares the
 * fate of its parent, which the caller has locked.
 */
export async function putPendingVariant({ organizationId }: TenantScope, parentId: string, row: VariantRow, tx: Db): Promise<void> {
  const type = "image/webp";
  const data = { ...row, parentId, declaredType: type, verifiedType: type, state: "PENDING" as const };
  await tx.mediaFile.upsert({
    where: { fileKey: row.fileKey, organizationId },
    create: { ...data, organizationId },
    // Of another object than the one that may have lain there.
    update: { ...data, stateReason: null, purgedAt: null, readyAt: null, etag: null, checksum: null },
    select: { id: true },
  });
}

/** Marks the sizes of a picture that are PENDING as READY. Gives the sum of their bytes. */
export async function markVariantsReady({ organizationId }: TenantScope, parentId: string, tx: Db): Promise<bigint> {
  const rows = await tx.mediaFile.updateManyAndReturn({
    where: { organizationId, parentId, state: "PENDING" },
    data: { state: "READY", readyAt: new Date() },
    select: { bytes: true },
  });
  return rows.reduce((sum, { bytes }) => sum + bytes, 0n);
}

export async function setBlurDataUrl({ organizationId }: TenantScope, id: string, blurDataUrl: string, tx: Db): Promise<void> {
  await tx.mediaFile.update({ where: { id, organizationId }, data: { blurDataUrl }, select: { id: true } });
}

/** Finished pictures of any tenant that have no size, or one that was never finished; those that nothing happened to for longest first. */
export function listPicturesWithoutSizes(take: number): Promise<FileAddress[]> {
  return db.mediaFile.findMany({
    where: {
      state: "READY",
      parentId: null,
      kind: { in: mediaKinds.filter(isPictureKind) },
      OR: [{ derived: { none: { state: "READY" } } }, { derived: { some: { state: "PENDING" } } }],
    },
    orderBy: { updatedAt: "asc" },
    take,
    select: addressSelect,
  });
}

/** Has others come before it in that list. */
export async function putPictureLast({ organizationId }: TenantScope, id: string): Promise<void> {
  await db.mediaFile.updateMany({ where: { id, organizationId }, data: { updatedAt: new Date() } });
}
