import { describe, expect, test } from "vitest";
import { createFrugalReader } from "@/components/file-uploader/engine/frugal-reader";

const blobOf = (length: number, first: number) => new Blob([Uint8Array.from({ length }, (_, index) => (first + index) % 256)]);

describe("a frugal reader", () => {
  test("reads each blob whole, whatever the size of the one before", async () => {
    const read = createFrugalReader();
    for (const [length, first] of [
      [200_000, 1],
      [10, 2],
      [300_000, 3],
      [0, 4],
    ] as const) {
      const blob = blobOf(length, first);
      expect(Buffer.compare(await read(blob), Buffer.from(await blob.arrayBuffer()))).toBe(0);
    }
  });

  test("keeps to the memory of the blob before when it is large enough", async () => {
    const read = createFrugalReader();
    expect((await read(blobOf(100_000, 1))).buffer.byteLength).toBe(100_000);
    expect((await read(blobOf(60_000, 2))).buffer.byteLength).toBe(100_000);
  });

  test("says so when a file ends before its size", async () => {
    class Cut extends Blob {
      override get size(): number {
        return 20;
      }
    }
    await expect(createFrugalReader()(new Cut([new Uint8Array(10)]))).rejects.toThrow("shorter than it was");
  });

  test("reads as it can where streams fill no memory that they are given", async () => {
    class Old extends Blob {
      override stream(): never {
        throw new TypeError("mode is not supported");
      }
    }
    expect([...(await createFrugalReader()(new Old([new Uint8Array([7])])))]).toEqual([7]);
  });
});
