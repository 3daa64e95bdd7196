/** POSIX.1-2001, pax, "ustar Interchange Format": everything is laid out in blocks. Bytes. */
export const TAR_BLOCK = 512;
/** Two blocks of zeros end an archive. */
export const TAR_END_BYTES = 2 * TAR_BLOCK;

/** The largest size that eleven octal digits tell: 8 GiB - 1. */
const MAX_OCTAL_SIZE = 8 ** 11 - 1;
const NAME_BYTES = 100;
const encoder = new TextEncoder();

/** A regular file of an archive. `path` has no leading slash. */
export type TarMember = { path: string; bytes: number };

/** Zeros behind so many bytes of content. */
export const tarPadding = (bytes: number) => (TAR_BLOCK - (bytes % TAR_BLOCK)) % TAR_BLOCK;

/** One record of an extended header: "<length> <keyword>=<value>\n", whose length counts its own digits. */
function paxRecord(keyword: string, value: string): Uint8Array {
  const rest = encoder.encode(` ${keyword}=${value}\n`);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  const record = new Uint8Array(length);
  record.set(encoder.encode(String(length)));
  record.set(rest, length - rest.length);
  return record;
}

/** What a plain header can't say of a member, as records of an extended one; empty when it says all. */
function paxRecords({ path, bytes }: TarMember): Uint8Array {
  // Old readers take a name for bytes without an encoding: only ASCII is safe there.
  const plainName = /^[\x20-\x7e]+$/.test(path) && path.length <= NAME_BYTES;
  const records = [plainName ? null : paxRecord("path", path), bytes > MAX_OCTAL_SIZE ? paxRecord("size", String(bytes)) : null];
  return Uint8Array.from(records.flatMap((record) => (record ? [...record] : [])));
}

function ustarBlock(name: string, bytes: number, type: "0" | "x", modifiedAt: Date): Uint8Array {
  const block = new Uint8Array(TAR_BLOCK);
  const put = (at: number, text: string) => block.set(encoder.encode(text), at);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  put(0, name);
  put(100, octal(0o644, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(bytes > MAX_OCTAL_SIZE ? 0 : bytes, 11));
  put(136, octal(Math.floor(modifiedAt.getTime() / 1000), 11));
  put(148, "        ");
  put(156, type);
  put(257, "ustar\0" + "00");
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
  return block;
}

/** A name that fits a plain header, for readers that know no extended ones. */
const asciiName = (path: string) => path.replace(/[^\x20-\x7e]/g, "_").slice(-NAME_BYTES);

/** How many bytes `tarHeader` gives for this member. */
export function tarHeaderBytes(member: TarMember): number {
  const { length } = paxRecords(member);
  return length === 0 ? TAR_BLOCK : TAR_BLOCK + length + tarPadding(length) + TAR_BLOCK;
}

/** What stands before the content of a member: its header, and where name or size need one, an extended header before that. */
export function tarHeader(member: TarMember, modifiedAt: Date): Uint8Array {
  const name = asciiName(member.path);
  const own = ustarBlock(name, member.bytes, "0", modifiedAt);
  const records = paxRecords(member);
  if (records.length === 0) return own;
  const header = new Uint8Array(tarHeaderBytes(member));
  header.set(ustarBlock(`PaxHeaders/${name.slice(-80)}`, records.length, "x", modifiedAt));
  header.set(records, TAR_BLOCK);
  header.set(own, header.length - TAR_BLOCK);
  return header;
}

/** The size that a plain header tells; null when it tells none. Whether the header is right in all else, its reader compares. */
export function readTarSize(header: Uint8Array): number | null {
  const digits = new TextDecoder().decode(header.subarray(124, 135));
  return header.length >= TAR_BLOCK && /^[0-7]{11}$/.test(digits) ? parseInt(digits, 8) : null;
}
