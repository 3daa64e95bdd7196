/** A file that can be read in pieces. */
export type ByteSource = {
  size: number;
  /** Bytes from `start` up to, not including, `end`; always within the file */
  read: (start: number, end: number) => Promise<Uint8Array>;
};

/** Why a file was refused; kept in the ledger. */
export type RefusalCode =
  "SIZE_DIFFERS" | "CHECKSUM_DIFFERS" | "CONTENT_DIFFERS" | "DAMAGED" | "TOO_MANY_PIXELS" | "CODEC_UNSUPPORTED" | "NO_INDEX";

/** What a file turned out to be: usable, or refused with a sentence for its uploader. */
export type Inspection =
  | { ok: true; verifiedType: string; width?: number; height?: number; durationMs?: number }
  | { ok: false; code: RefusalCode; message: string };

export function refuse(code: RefusalCode, message: string): Inspection {
  return { ok: false, code, message };
}
