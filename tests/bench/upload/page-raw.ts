import { createBrowserDoors } from "@/components/file-uploader/engine/browser-doors";

const LOOPS = 4;
const SUM_HEADER = "x-amz-checksum-sha256";

type Part = { url: string; body: Blob };

function put({ url, body }: Part, sha256: string | null): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    if (sha256 !== null) request.setRequestHeader(SUM_HEADER, sha256);
    request.onload = () => resolve(request.status);
    request.onerror = () => reject(new Error("The line broke."));
    request.send(body);
  });
}

/** Asks the app, as the contestants that have no engine of their own do. */
export async function ask<T>(path: string, body: object): Promise<T> {
  const answer = await fetch(path, { method: "POST", body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return (await answer.json()) as T;
}

/** @param sums of the parts, to be signed with their addresses; null: without */
async function readyParts(file: File, sums: readonly string[] | null): Promise<Part[]> {
  const { partSize, urls } = await ask<{ partSize: number; urls: string[] }>("/bench/raw/sign", { size: file.size, sums });
  return urls.map((url, index) => ({ url, body: file.slice(index * partSize, (index + 1) * partSize) }));
}

async function sendAll(left: Part[], sumOf: (body: Blob) => Promise<string | null>): Promise<void> {
  const loop = async (): Promise<void> => {
    for (let part = left.shift(); part; part = left.shift()) {
      const sum = await sumOf(part.body);
      for (let status = 0; status !== 200; status = await put(part, sum)) {
        // The addresses are good for as long as the bench runs: another sum was signed than the one that is sent.
        if (status === 403) throw new Error("A part is not what its address was signed for.");
      }
    }
  };
  await Promise.all(Array.from({ length: LOOPS }, loop));
}

/**
 * What the line and the store can do: four loops of PUTs of slices, each sent again at once when it is refused. No checksum, no begin and
 * no completion; all addresses are there before the clock starts.
 */
export async function prepareRaw(file: File): Promise<() => Promise<void>> {
  const parts = await readyParts(file, null);
  return () => sendAll(parts, () => Promise.resolve(null));
}

/**
 * What integrity costs: the same loops, each of which has its slice hashed by the product's own workers before it sends slice and sum.
 * Nothing is hashed ahead. The addresses are there before the clock starts here too, signed for the sums that `sums` says will come.
 */
export async function prepareRawWithSums(file: File, sums: readonly string[]): Promise<() => Promise<void>> {
  const parts = await readyParts(file, sums);
  return () => {
    const { hasher } = createBrowserDoors();
    return sendAll(parts, (body) => hasher(body, new AbortController().signal));
  };
}
