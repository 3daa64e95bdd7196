import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { partRange, planParts } from "@/lib/core/part-plan";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { mediaTypeOfName } from "@/lib/schemas/media-type";
import type { MediaKind } from "@/lib/schemas/media";
import { SIGN_BATCH, type SignedPart, type UploadTicket } from "@/lib/schemas/upload";
import { signParts } from "@/lib/services/upload-part-service";
import { beginUpload } from "@/lib/services/upload-service";

export function sample(name: string): Promise<Buffer> {
  return readFile(join(import.meta.dirname, "media", name));
}

/** A plain picture of that size. */
export function picture(format: "png" | "jpeg" | "webp" = "png", width = 64, height = 36): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: "#1d5b50" } })
    .toFormat(format)
    .toBuffer();
}

/** Base64, as addresses are signed with it. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64");
}

/** The parts that a file is sent in, each with the sum that its address is asked for with. */
export function cut(body: Uint8Array): { partNumber: number; sha256: string; bytes: Uint8Array }[] {
  const { partSize, partCount } = planParts(body.length);
  return Array.from({ length: partCount }, (_, index) => {
    const { start, end } = partRange(body.length, partSize, index + 1);
    const bytes = body.subarray(start, end);
    return { partNumber: index + 1, sha256: sha256Of(bytes), bytes };
  });
}

/** What the browser asks before it uploads, with the first parts to sign. */
export function beginInput(kind: MediaKind, fileName: string, body: Uint8Array) {
  const contentType = mediaTypeOfName(kind, fileName)?.type ?? "application/octet-stream";
  const parts = cut(body).slice(0, SIGN_BATCH);
  return { kind, fileName, contentType, size: body.length, parts: parts.map(({ partNumber, sha256 }) => ({ partNumber, sha256 })) };
}

/** Sends one part to storage exactly as its address says; the answer is the store's own. */
export function sendPart(
  part: SignedPart,
  bytes: Uint8Array,
  change: { headers?: Record<string, string>; method?: string } = {},
): Promise<Response> {
  return fetch(part.url, {
    method: change.method ?? "PUT",
    headers: { ...part.headers, ...change.headers },
    body: new Uint8Array(bytes),
  });
}

/** Sends a file of one part, or the first one of several. */
export function send(
  ticket: UploadTicket,
  body: Uint8Array,
  change?: { headers?: Record<string, string>; method?: string },
): Promise<Response> {
  const [part] = ticket.signed;
  if (!part) throw new Error("Nothing was signed.");
  return sendPart(part, cut(body)[0]?.bytes ?? body, change);
}

/** Begins an upload and sends all of its parts, without completing it. */
export async function upload(actor: MemberActor, kind: MediaKind, fileName: string, body: Uint8Array): Promise<UploadTicket> {
  const ticket = await beginUpload(actor, beginInput(kind, fileName, body));
  const parts = cut(body);
  for (let first = 0; first < parts.length; first += SIGN_BATCH) {
    const batch = parts.slice(first, first + SIGN_BATCH);
    const named = batch.map(({ partNumber, sha256 }) => ({ partNumber, sha256 }));
    const { signed } = first === 0 ? ticket : await signParts(actor, { mediaFileId: ticket.mediaFileId, parts: named });
    for (const [index, part] of signed.entries()) {
      const answer = await sendPart(part, batch[index]?.bytes ?? body);
      if (!answer.ok) throw new Error(`the store answered ${answer.status}: ${await answer.text()}`);
    }
  }
  return ticket;
}

/** The organization's sums, beside what the ledger's rows add up to. */
export async function storageOf(organizationId: string) {
  const [account, rows] = await Promise.all([
    db.storageAccount.findUniqueOrThrow({ where: { organizationId } }),
    db.mediaFile.groupBy({ by: ["state"], where: { organizationId }, _sum: { bytes: true } }),
  ]);
  const sum = (...states: string[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((total, row) => total + Number(row._sum.bytes ?? 0), 0);
  return {
    used: Number(account.usedBytes),
    reserved: Number(account.reservedBytes),
    ledger: { used: sum("READY", "RELEASED"), reserved: sum("PENDING") },
  };
}
