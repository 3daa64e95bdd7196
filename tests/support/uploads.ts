import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { mediaTypeOfName } from "@/lib/schemas/media-type";
import type { MediaKind } from "@/lib/schemas/media";
import type { UploadTicket } from "@/lib/schemas/upload";
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

/** Sends the bytes to storage exactly as the ticket says; the answer is the store's own. */
export function send(
  ticket: UploadTicket,
  body: Uint8Array,
  change: { headers?: Record<string, string>; method?: string } = {},
): Promise<Response> {
  return fetch(ticket.url, {
    method: change.method ?? ticket.method,
    headers: { ...ticket.headers, ...change.headers },
    body: new Uint8Array(body),
  });
}

/** Begins an upload and sends the bytes, without completing it. */
export async function upload(actor: MemberActor, kind: MediaKind, fileName: string, body: Uint8Array): Promise<UploadTicket> {
  const contentType = mediaTypeOfName(kind, fileName)?.type ?? "application/octet-stream";
  const ticket = await beginUpload(actor, { kind, fileName, contentType, size: body.length });
  const answer = await send(ticket, body);
  if (!answer.ok) throw new Error(`the store answered ${answer.status}: ${await answer.text()}`);
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
