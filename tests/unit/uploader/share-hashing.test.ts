import { expect, test } from "vitest";
import type { Hasher } from "@/components/file-uploader/engine/doors";
import { shareHashing } from "@/components/file-uploader/engine/share-hashing";

const never = new AbortController().signal;
const part = (name: string) => new Blob([name]);

/** Hashes when it is told to; `started` has the parts it was given. */
function slowHasher() {
  const started: string[] = [];
  const ends: PromiseWithResolvers<string>[] = [];
  const hasher: Hasher = async (blob, signal) => {
    signal.throwIfAborted();
    const end = Promise.withResolvers<string>();
    ends.push(end);
    started.push(await blob.text());
    return end.promise;
  };
  return { hasher, started, ends };
}

test("each hasher has one part at a time, and who is free takes the part that waits longest", async () => {
  const [left, right] = [slowHasher(), slowHasher()];
  const hash = shareHashing([left.hasher, right.hasher]);
  const sums = ["a", "b", "c", "d"].map((name) => hash(part(name), never));
  await expect.poll(() => [left.started, right.started]).toEqual([["a"], ["b"]]);
  right.ends[0]?.resolve("sum of b");
  await expect.poll(() => [left.started, right.started]).toEqual([["a"], ["b", "c"]]);
  right.ends[1]?.resolve("sum of c");
  await expect.poll(() => right.started).toEqual(["b", "c", "d"]);
  right.ends[2]?.resolve("sum of d");
  left.ends[0]?.resolve("sum of a");
  expect(await Promise.all(sums)).toEqual(["sum of a", "sum of b", "sum of c", "sum of d"]);
});

test("a part that can't be hashed, or is not wanted any more, keeps nobody waiting", async () => {
  const { hasher, ends } = slowHasher();
  const hash = shareHashing([hasher]);
  const stop = new AbortController();
  const failed = expect(hash(part("a"), never)).rejects.toThrow("unreadable");
  const unwanted = expect(hash(part("b"), stop.signal)).rejects.toMatchObject({ name: "AbortError" });
  const last = hash(part("c"), never);
  stop.abort();
  ends[0]?.reject(new Error("unreadable"));
  await failed;
  await unwanted;
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.resolve("sum of c");
  expect(await last).toBe("sum of c");
});
