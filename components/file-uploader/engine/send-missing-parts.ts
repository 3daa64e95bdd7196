import type { SignedParts, UploadTicket } from "@/lib/schemas/upload";
import { backOff, mostTries } from "./back-off";
import type { TransferDoors } from "./doors";
import type { PartSums } from "./part-sums";
import { callPatiently, waitForLine, type Wait } from "./patient-call";
import { sendPart } from "./send-part";
import { createSignDesk, type PartToSend } from "./sign-desk";
import type { TransferProgress } from "./transfer-progress";
import { changedFailure, offlineFailure, storageFailure, type UploadFailure } from "./upload-failure";

/** Parts of one file that are sent at the same time. */
export const WINDOW = 4;
/** Once is an address that ran out; fresh ones that are refused have another reason. */
const MAX_REFUSALS = 2;

/** Storage knows no such upload (any more), or refuses fresh addresses: the server can say what became of it, and sets its clock right. */
export class UploadUnknown extends Error {
  override readonly name = "UploadUnknown";
}

export type MissingParts = {
  ticket: Pick<UploadTicket, "mediaFileId" | "partCount">;
  /** Signed with the answer that opened the upload, at `openedAt` of the clock, with these sums */
  first: SignedParts & { sums: ReadonlyMap<number, string> };
  openedAt: number;
  sums: PartSums;
  progress: TransferProgress;
  doors: TransferDoors;
  signal: AbortSignal;
  onWait: (wait: Wait | null) => void;
};

type Failures = { tries: number; refusals: number; arrivedBefore: number };

/** Sends every part that storage does not have. @throws UploadFailure, UploadUnknown, or the signal's reason */
export async function sendMissingParts({ ticket, first, openedAt, sums, progress, doors, signal, onWait }: MissingParts): Promise<void> {
  const { api, transport, clock, random, connection } = doors;
  const broken = new AbortController();
  const stop = AbortSignal.any([signal, broken.signal]);
  const patience = { clock, random, connection, signal: stop, onWait };
  const desk = createSignDesk({
    parts: Array.from({ length: ticket.partCount }, (_, index) => index + 1).filter((partNumber) => !progress.has(partNumber)),
    first,
    openedAt,
    low: WINDOW,
    sums,
    clock,
    sign: (parts) => callPatiently((each) => api.sign(ticket.mediaFileId, parts, each), patience),
    signal: stop,
  });
  const failuresOf = new Map<number, Failures>();
  let arrivals = 0;

  // What arrives beside it shows that the line and the store work: then a part's tries count from the beginning.
  const recordOf = (partNumber: number): Failures => {
    const known = failuresOf.get(partNumber);
    const record = known?.arrivedBefore === arrivals ? known : { tries: 0, refusals: known?.refusals ?? 0, arrivedBefore: arrivals };
    failuresOf.set(partNumber, record);
    return record;
  };
  const pauseAfterFailure = async (partNumber: number, failure: UploadFailure, retryAfter: number | null): Promise<void> => {
    const record = recordOf(partNumber);
    record.tries += 1;
    if (record.tries >= mostTries(failure.code === "OFFLINE")) throw failure;
    await clock.wait(backOff(record.tries, retryAfter, random), stop);
  };
  /** Another address does not help a part that is not what it was. */
  const readAgain = async (part: PartToSend): Promise<void> => {
    if ((await sums.again(part.partNumber, stop)) !== part.sha256) throw changedFailure();
    await pauseAfterFailure(part.partNumber, storageFailure(), null);
    desk.giveBack(part);
  };

  const deliver = async (part: PartToSend): Promise<void> => {
    const { partNumber } = part;
    const onProgress = (bytes: number) => progress.loaded(partNumber, bytes);
    const outcome = await sendPart({ part, body: sums.slice(partNumber), transport, clock, onProgress, signal: stop }).catch(
      (error: unknown) => {
        progress.lost(partNumber);
        throw error;
      },
    );
    if (outcome.name === "arrived") {
      arrivals += 1;
      failuresOf.delete(partNumber);
      sums.forget(partNumber);
      progress.arrived(partNumber);
      return;
    }
    progress.lost(partNumber);
    if (outcome.name === "no-upload") throw new UploadUnknown();
    if (outcome.name === "wrong-bytes") return readAgain(part);
    if (outcome.name === "sign-again") {
      const record = recordOf(partNumber);
      record.refusals += 1;
      if (record.refusals > MAX_REFUSALS) throw new UploadUnknown();
      desk.signAgain(partNumber);
      return;
    }
    const waited = outcome.lineLost && (await waitForLine(patience));
    if (!waited) await pauseAfterFailure(partNumber, outcome.lineLost ? offlineFailure() : storageFailure(), outcome.retryAfter);
    desk.giveBack(part);
  };

  const lane = async (): Promise<void> => {
    for (let part = await desk.take(); part; part = await desk.take()) await deliver(part);
  };
  const lanes = Array.from({ length: WINDOW }, () =>
    lane().catch((error: unknown) => {
      // One part that can't be sent ends the others' work; its reason is told, not theirs.
      broken.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(lanes);
  signal.throwIfAborted();
  broken.signal.throwIfAborted();
}
