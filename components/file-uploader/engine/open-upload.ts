import { planParts } from "@/lib/core/part-plan";
import type { MediaKind } from "@/lib/schemas/media";
import type { ArrivedPart, UploadDestination, UploadTicket } from "@/lib/schemas/upload";
import type { TransferDoors } from "./doors";
import { createPartSums, type PartSums } from "./part-sums";
import { callPatiently, type Wait } from "./patient-call";
import { WINDOW } from "./send-missing-parts";
import { FileMismatch } from "./upload-failure";

export type FileToSend = {
  file: File;
  kind: MediaKind;
  contentType: string;
  destination?: UploadDestination | undefined;
  fingerprint: string;
};

/** An upload that may go on, with what its first addresses were signed for. */
export type OpenUpload = {
  ticket: UploadTicket;
  sums: PartSums;
  first: ReadonlyMap<number, string>;
  openedAt: number;
};

type OpenOptions = {
  doors: TransferDoors;
  signal: AbortSignal;
  onWait: (wait: Wait | null) => void;
};

/**
 * Asks the server for an upload of the file: a new one, or an unfinished one of the same person and file. The call itself is not
 * aborted: what it reserves must be known to be given back.
 *
 * @param onOpened hears of the upload before anything else can go wrong
 */
export async function beginUpload(
  { file, kind, contentType, destination, fingerprint }: FileToSend,
  { doors, signal, onWait }: OpenOptions,
  onOpened: (ticket: UploadTicket) => void,
): Promise<OpenUpload> {
  const { partSize, partCount } = planParts(file.size);
  const sums = createPartSums(file, partSize, doors.hasher);
  const numbers = Array.from({ length: Math.min(WINDOW, partCount) }, (_, index) => index + 1);
  const first = new Map(await Promise.all(numbers.map(async (partNumber) => [partNumber, await sums.of(partNumber, signal)] as const)));
  const input = {
    kind,
    fileName: file.name,
    contentType,
    size: file.size,
    fingerprint,
    lastModified: Math.max(0, Math.round(file.lastModified)),
    parts: [...first].map(([partNumber, sha256]) => ({ partNumber, sha256 })),
    ...(destination ? { destination } : {}),
  };
  const ticket = await callPatiently(() => doors.api.begin(input), { ...doors, signal, onWait });
  const openedAt = doors.clock.now();
  onOpened(ticket);
  signal.throwIfAborted();
  if (ticket.partSize === partSize) return { ticket, sums, first, openedAt };
  // Begun when parts were cut in another way.
  return { ticket, sums: createPartSums(file, ticket.partSize, doors.hasher), first: new Map(), openedAt };
}

/** Asks how far a known upload is. @throws UploadFailure GONE or NOT_FOUND when it is no more */
export async function reopenUpload(
  mediaFileId: string,
  file: File,
  earlier: PartSums | null,
  { doors, signal, onWait }: OpenOptions,
): Promise<OpenUpload> {
  const ticket = await callPatiently((each) => doors.api.status(mediaFileId, each), { ...doors, signal, onWait });
  const sums = earlier?.partSize === ticket.partSize ? earlier : createPartSums(file, ticket.partSize, doors.hasher);
  return { ticket, sums, first: new Map(), openedAt: doors.clock.now() };
}

/**
 * Proves that what arrived earlier is of this very file. Parts whose sum storage does not know are left out: they are sent again.
 *
 * @throws FileMismatch `changed`
 */
export async function compareArrived(arrived: readonly ArrivedPart[], sums: PartSums, signal: AbortSignal): Promise<ArrivedPart[]> {
  const proven: ArrivedPart[] = [];
  for (const part of arrived) {
    if (part.sha256 === null) continue;
    if ((await sums.of(part.partNumber, signal)) !== part.sha256) throw new FileMismatch("changed");
    sums.forget(part.partNumber);
    proven.push(part);
  }
  return proven;
}
