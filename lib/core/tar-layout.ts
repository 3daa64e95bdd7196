import { TAR_END_BYTES, tarHeader, tarHeaderBytes, tarPadding, type TarMember } from "./tar";

/** A run of an archive's bytes: such that are known, or a range of a member's content. */
export type TarPiece = { bytes: Uint8Array } | { member: number; start: number; end: number };

/**
 * Where everything stands in an archive of these members in this order. All of it follows from their paths and sizes alone, so any range
 * of the archive can be made by itself, again and again.
 */
export class TarLayout {
  readonly #members: readonly TarMember[];
  readonly #modifiedAt: Date;
  /** Where each member's header begins, and at last where the end marker does */
  readonly #offsets: number[] = [0];
  /** Of the whole archive */
  readonly bytes: number;

  constructor(members: readonly TarMember[], modifiedAt: Date) {
    this.#members = members;
    this.#modifiedAt = modifiedAt;
    let at = 0;
    for (const member of members) {
      at += tarHeaderBytes(member) + member.bytes + tarPadding(member.bytes);
      this.#offsets.push(at);
    }
    this.bytes = at + TAR_END_BYTES;
  }

  #offset(index: number): number {
    const offset = this.#offsets[index];
    if (offset === undefined) throw new RangeError(`there is no member ${index}`);
    return offset;
  }

  #member(index: number): TarMember {
    const member = this.#members[index];
    if (member === undefined) throw new RangeError(`there is no member ${index}`);
    return member;
  }

  /** What stands before a member's content, and where. */
  header(index: number): { at: number; bytes: Uint8Array } {
    return { at: this.#offset(index), bytes: tarHeader(this.#member(index), this.#modifiedAt) };
  }

  /** Where a member's content begins. */
  contentAt(index: number): number {
    return this.#offset(index) + tarHeaderBytes(this.#member(index));
  }

  /** The last member that begins at or before this place, by halves. */
  #memberAt(place: number): number {
    let low = 0;
    let high = this.#members.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#offset(middle) <= place) low = middle;
      else high = middle;
    }
    return low;
  }

  /** The pieces from `start` up to, not including, `end`, in order and without a gap. */
  *piecesOf(start: number, end: number): Generator<TarPiece> {
    let at = start;
    for (let index = this.#memberAt(start); at < end && index < this.#members.length; index += 1) {
      const header = this.header(index);
      const content = header.at + header.bytes.length;
      const padding = content + this.#member(index).bytes;
      if (at < content) yield { bytes: header.bytes.subarray(at - header.at, end - header.at) };
      at = Math.min(end, Math.max(at, content));
      if (at < Math.min(end, padding)) yield { member: index, start: at - content, end: Math.min(end, padding) - content };
      at = Math.min(end, Math.max(at, padding));
      const next = Math.min(end, this.#offset(index + 1));
      if (at < next) yield { bytes: new Uint8Array(next - at) };
      at = Math.max(at, next);
    }
    if (at < end) yield { bytes: new Uint8Array(end - at) };
  }
}
