import "server-only";
import { BATCH, listObjects, type ListedObject } from "../clients/bucket";
import { compareKeys } from "../core/key-order";
import { listLedgerBehind, type LedgerEntry } from "../data/storage-sweep";

/** A key that the bucket, the ledger or both know. */
export type Pair = { key: string; object: ListedObject | null; row: LedgerEntry | null };

/** Everything from one key to the next, both sides complete. */
export type Slice = { pairs: Pair[]; cursor: string };

/** One side of the comparison, read page by page in the order of its keys, and never further ahead than one page. */
class Side<T> {
  #items: T[] = [];
  #after: string | null;
  #more = true;
  readonly #keyOf: (item: T) => string;
  readonly #read: (after: string | null) => Promise<{ items: T[]; more: boolean }>;

  constructor(after: string | null, keyOf: (item: T) => string, read: (after: string | null) => Promise<{ items: T[]; more: boolean }>) {
    this.#after = after;
    this.#keyOf = keyOf;
    this.#read = read;
  }

  /** @throws Error when a page is out of order: two lists that are not in one order can't be merged */
  async fill(): Promise<void> {
    if (this.#items.length > 0 || !this.#more) return;
    const { items, more } = await this.#read(this.#after);
    for (const item of items) {
      const key = this.#keyOf(item);
      if (this.#after !== null && compareKeys(key, this.#after) <= 0) throw new Error(`${key} was listed behind ${this.#after}`);
      this.#after = key;
    }
    this.#items = items;
    this.#more = more;
  }

  /** The last key up to which all is known: null when everything is. */
  get bound(): string | null {
    return this.#more ? this.#after : null;
  }

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  /** Hands over what has a key up to the bound. */
  take(bound: string | null): T[] {
    const end = bound === null ? -1 : this.#items.findIndex((item) => compareKeys(this.#keyOf(item), bound) > 0);
    const taken = end < 0 ? this.#items : this.#items.slice(0, end);
    this.#items = end < 0 ? [] : this.#items.slice(end);
    return taken;
  }
}

function nearer(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return compareKeys(one, other) <= 0 ? one : other;
}

function merge(objects: ListedObject[], rows: LedgerEntry[]): Pair[] {
  const pairs: Pair[] = [];
  for (let left = 0, right = 0; left < objects.length || right < rows.length;) {
    const object = objects[left] ?? null;
    const row = rows[right] ?? null;
    const order = object && row ? compareKeys(object.key, row.fileKey) : object ? -1 : 1;
    if (order <= 0) left += 1;
    if (order >= 0) right += 1;
    const key = (order <= 0 ? object?.key : row?.fileKey) ?? "";
    pairs.push({ key, object: order <= 0 ? object : null, row: order >= 0 ? row : null });
  }
  return pairs;
}

/**
 * Walks through the bucket's listing and the ledger at once, from behind a key to the end, in pages of 1,000: each object is listed
 * once, and memory holds a page of either side however large they are.
 *
 * @throws AppError UNAVAILABLE; Error when one side is not in the order of its keys' bytes
 */
export async function* compareBucketWithLedger(after: string | null): AsyncGenerator<Slice> {
  const objects = new Side<ListedObject>(
    after,
    ({ key }) => key,
    async (behind) => {
      const page = await listObjects(behind);
      return { items: page.objects, more: page.more };
    },
  );
  const rows = new Side<LedgerEntry>(
    after,
    ({ fileKey }) => fileKey,
    async (behind) => {
      const items = await listLedgerBehind(behind, BATCH);
      return { items, more: items.length === BATCH };
    },
  );
  for (;;) {
    // The listing first: whatever it names had its row before, so that rows read later can't lack it.
    await objects.fill();
    await rows.fill();
    if (objects.isEmpty && rows.isEmpty) return;
    const bound = nearer(objects.bound, rows.bound);
    const pairs = merge(objects.take(bound), rows.take(bound));
    const cursor = bound ?? pairs.at(-1)?.key;
    if (cursor !== undefined) yield { pairs, cursor };
  }
}
