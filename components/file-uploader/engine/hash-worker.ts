import { createFrugalReader } from "./frugal-reader";
import { sha256Of } from "./sha256";

export type HashRequest = { id: number; part: Blob };
export type HashAnswer = { id: number; sha256: string } | { id: number; unreadable: string };

// A worker's own scope; this file is compiled with the page's types.
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<HashRequest>) => void;
  postMessage: (answer: HashAnswer) => void;
};

// One after the other: at most one part is in this worker's memory.
const read = createFrugalReader();
let last: Promise<void> = Promise.resolve();

async function answer({ id, part }: HashRequest): Promise<void> {
  try {
    scope.postMessage({ id, sha256: await sha256Of(part, read) });
  } catch (error) {
    scope.postMessage({ id, unreadable: String(error) });
  }
}

scope.onmessage = ({ data }) => {
  last = last.then(() => answer(data));
};
