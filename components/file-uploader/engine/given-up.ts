import type { UploadItem } from "./upload-item";

type Named = Pick<UploadItem, "org" | "kind" | "size">;

/**
 * Uploads whose end the server may not have heard of yet: on a bad line that takes a while. The same file, chosen again, would be taken
 * for one of them, and end with it.
 */
export type GivenUp = {
  /** @param told settles when the server has heard of it, or never will */
  add: (item: Named, told: Promise<unknown>) => void;
  /** What a file of this size has to wait for; null when there is nothing */
  before: (item: Named) => Promise<unknown> | null;
};

export function createGivenUp(): GivenUp {
  const open = new Map<Promise<unknown>, Named>();
  return {
    add: (item, told) => {
      open.set(told, item);
      const forget = () => open.delete(told);
      told.then(forget, forget);
    },
    before: ({ org, kind, size }) => {
      const same = [...open].filter(([, item]) => item.org === org && item.kind === kind && item.size === size);
      return same.length === 0 ? null : Promise.allSettled(same.map(([told]) => told));
    },
  };
}
