import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { S3 } from "@/lib/S3Client";
import type { MediaKind } from "@/lib/schemas/media";
import { completeUpload } from "@/lib/services/upload-completion-service";
import { picture, storageOf, upload } from "../../support/uploads";

/** Keys of everything in the bucket under a prefix. */
export async function objectsUnder(prefix: string): Promise<string[]> {
  const { Contents = [] } = await S3.send(
    new ListObjectsV2Command({ Bucket: process.env.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES, Prefix: prefix }),
  );
  return Contents.map(({ Key = "" }) => Key);
}

/** The ledger's rows that are not purged, by key, and whether sums, rows and bucket agree. */
export async function accountOf(organization: { id: string; storagePrefix: string }) {
  const rows = await db.mediaFile.findMany({
    where: { organizationId: organization.id, state: { not: "PURGED" } },
    orderBy: { fileKey: "asc" },
  });
  const { used, reserved, ledger } = await storageOf(organization.id);
  const objects = (await objectsUnder(organization.storagePrefix)).sort();
  return { rows, objects, sums: { used, reserved }, ledger };
}

/** A picture, uploaded and completed. */
export async function finishedPicture(author: MemberActor, kind: MediaKind, width = 800, height = 450) {
  const ticket = await upload(author, kind, "cover.png", await picture("png", width, height));
  return completeUpload(author, { mediaFileId: ticket.mediaFileId });
}
