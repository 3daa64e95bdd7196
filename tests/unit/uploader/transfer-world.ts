import { planParts } from "@/lib/core/part-plan";
import type { MediaView } from "@/lib/schemas/media";
import type { PartToSign, UploadTicket } from "@/lib/schemas/upload";
import type { PartAnswer, PartRequest, TransferDoors } from "@/components/file-uploader/engine/doors";
import { createTransfer, type TransferView } from "@/components/file-uploader/engine/transfer";
import { createFakeClock } from "./fake-clock";

export const GB = 1024 ** 3;
const LIFE = 360;
const media: MediaView = {
  id: "media",
  kind: "VIDEO",
  fileName: "talk.mp4",
  bytes: 1,
  contentType: "video/mp4",
  fileKey: "key",
  url: null,
  durationMs: null,
  variants: [],
  blurDataUrl: null,
};

/** A file of any size that holds nothing: its pieces know where they were cut. */
class HollowFile extends File {
  constructor(private readonly length: number) {
    super([], "talk.mp4", { lastModified: 1000 });
  }

  override get size(): number {
    return this.length;
  }

  override slice(start = 0): Blob {
    return new HollowSlice(start);
  }
}

class HollowSlice extends Blob {
  constructor(readonly start: number) {
    super([]);
  }
}

/** A server and a store that are always right, and what was asked of them. */
export async function world(size: number, answerPart?: (request: PartRequest, partNumber: number) => Promise<PartAnswer> | undefined) {
  const fake = createFakeClock();
  const { partSize, partCount } = planParts(size);
  const calls = { begin: 0, sign: 0, status: 0, complete: 0 };
  const sending = { now: 0, most: 0 };
  const arrived = new Set<number>();
  const stale: number[] = [];
  let serial = 0;
  const hashed: number[] = [];
  const views: TransferView[] = [];
  const signed = (parts: PartToSign[]) => ({
    signed: parts.map(({ partNumber }) => ({
      partNumber,
      url: `${partNumber} ${fake.clock.now() + LIFE * 1000} ${(serial += 1)}`,
      headers: {},
    })),
    expiresInSeconds: LIFE,
  });
  const ticket = (parts: PartToSign[], fingerprint: string | null): UploadTicket => ({
    mediaFileId: "media",
    fileKey: "key",
    fileName: "talk.mp4",
    size,
    partSize,
    partCount,
    fingerprint,
    lastModified: 1000,
    arrived: [...arrived].map((partNumber) => ({
      partNumber,
      bytes: partNumber === partCount ? size - (partCount - 1) * partSize : partSize,
      sha256: null,
    })),
    resumed: false,
    ...signed(parts),
  });
  const state = { online: true, line: Promise.withResolvers<undefined>() };
  const doors: TransferDoors = {
    api: {
      begin: async ({ parts, fingerprint }) => {
        calls.begin += 1;
        return ticket(parts ?? [], fingerprint ?? null);
      },
      sign: async (_id, parts) => {
        calls.sign += 1;
        return signed(parts);
      },
      status: async () => {
        calls.status += 1;
        return ticket([], null);
      },
      peek: async () => ticket([], null),
      complete: async () => {
        calls.complete += 1;
        return media;
      },
      cancel: async () => undefined,
      own: async () => ({ unfinished: [], unused: [] }),
    },
    transport: async (request) => {
      const [partNumber = 0, endsAt = 0] = request.url.split(" ").map(Number);
      sending.now += 1;
      sending.most = Math.max(sending.most, sending.now);
      try {
        if (fake.clock.now() > endsAt) stale.push(partNumber);
        const answer = await (answerPart?.(request, partNumber) ?? Promise.resolve({ status: 200, code: null, retryAfter: null }));
        if (answer.status === 200) arrived.add(partNumber);
        return answer;
      } finally {
        sending.now -= 1;
      }
    },
    hasher: async (piece) => {
      if (piece instanceof HollowSlice) hashed.push(piece.start / partSize + 1);
      return "sum";
    },
    clock: fake.clock,
    random: () => 0.5,
    connection: { isOnline: () => state.online, whenOnline: () => state.line.promise },
  };
  const file = new HollowFile(size);
  const transfer = createTransfer({ ...doors, file, kind: "VIDEO", contentType: "video/mp4", onChange: (view) => views.push(view) });
  // Takes real time, which must not mix with the fake one.
  await transfer.fingerprint();
  return { ...fake, transfer, calls, sending, arrived, stale, hashed, views, state, partCount };
}

export const arrivedAnswer: PartAnswer = { status: 200, code: null, retryAfter: null };
