import { SIGN_BATCH, type PartToSign, type SignedPart, type SignedParts } from "@/lib/schemas/upload";
import type { Clock } from "./doors";
import type { PartSums } from "./part-sums";

/** A signed part; `staleAt` of the clock: then its address is about to end. */
export type PartToSend = SignedPart & { sha256: string; staleAt: number };

/** Hands out signed parts, and has new ones signed just before they are needed, as many with one call as allowed. */
export type SignDesk = {
  /** Null: nothing is left to hand out. @throws UploadFailure, or the signal's reason */
  take: () => Promise<PartToSend | null>;
  /** A part that comes back to be sent again with the same address. */
  giveBack: (part: PartToSend) => void;
  /** A part whose address was refused. */
  signAgain: (partNumber: number) => void;
};

/** An address that ends sooner may end before its request is read; milliseconds. */
const MARGIN = 30_000;
/** Parts asked for more seldom than that, in milliseconds, wait for their addresses: on a slow line those signed early would run out. */
const SLOW = 5_000;

/**
 * @param options.parts what is missing, in order
 * @param options.first signed with the answer that opened the upload, at `openedAt`
 * @param options.low asks for more when so few are left; on a slow line when none are
 */
export function createSignDesk(options: {
  parts: readonly number[];
  first: SignedParts & { sums: ReadonlyMap<number, string> };
  openedAt: number;
  low: number;
  sums: PartSums;
  clock: Clock;
  sign: (parts: PartToSign[]) => Promise<SignedParts>;
  signal: AbortSignal;
}): SignDesk {
  const { first, low, sums, clock, sign, signal } = options;
  const missing = new Set(options.parts);
  let ready: PartToSend[] = [];
  let refilling: Promise<void> | null = null;
  let takenAt = options.openedAt;

  const accept = ({ signed, expiresInSeconds }: SignedParts, known: ReadonlyMap<number, string>, at: number) => {
    const life = expiresInSeconds * 1000;
    const staleAt = at + life - Math.min(MARGIN, life / 4);
    for (const part of signed) {
      const sha256 = known.get(part.partNumber);
      if (sha256 !== undefined && missing.has(part.partNumber)) ready.push({ ...part, sha256, staleAt });
    }
  };
  accept(first, first.sums, options.openedAt);
  const todo = options.parts.filter((partNumber) => !ready.some((part) => part.partNumber === partNumber));

  const hashAhead = async () => {
    for (const partNumber of todo.slice(0, SIGN_BATCH)) await sums.of(partNumber, signal);
  };

  const refill = async () => {
    const batch = todo.slice(0, SIGN_BATCH);
    const known = new Map(await Promise.all(batch.map(async (partNumber) => [partNumber, await sums.of(partNumber, signal)] as const)));
    const answer = await sign([...known].map(([partNumber, sha256]) => ({ partNumber, sha256 })));
    accept(answer, known, clock.now());
    // What was asked for but not signed has arrived, says the server; completing will tell.
    todo.splice(0, todo.length, ...todo.filter((partNumber) => !known.has(partNumber)));
    // While these are sent the next ones are read. What fails here fails again, and is heard, when its turn has come.
    hashAhead().catch(() => undefined);
  };

  const setAsideOld = () => {
    const now = clock.now();
    const old = ready.filter(({ staleAt }) => staleAt <= now);
    if (old.length === 0) return;
    ready = ready.filter(({ staleAt }) => staleAt > now);
    todo.unshift(...old.map(({ partNumber }) => partNumber));
  };

  const startRefill = () => {
    const mine = refill().finally(() => {
      refilling = null;
    });
    refilling = mine;
    // Heard by whoever waits for it; the next take() asks again.
    mine.catch(() => undefined);
  };

  return {
    take: async () => {
      const enough = clock.now() - takenAt > SLOW ? 0 : low;
      takenAt = clock.now();
      for (;;) {
        signal.throwIfAborted();
        setAsideOld();
        if (!refilling && todo.length > 0 && ready.length <= enough) startRefill();
        const part = ready.shift();
        if (part) return part;
        if (!refilling) return null;
        await refilling;
      }
    },
    giveBack: (part) => ready.unshift(part),
    signAgain: (partNumber) => todo.unshift(partNumber),
  };
}
