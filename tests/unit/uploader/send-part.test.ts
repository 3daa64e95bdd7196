import { expect, test } from "vitest";
import { LineLost, type PartAnswer, type PartRequest } from "@/components/file-uploader/engine/doors";
import { sendPart } from "@/components/file-uploader/engine/send-part";
import { createFakeClock } from "./fake-clock";

const part = { partNumber: 3, url: "https://store.test/part", headers: { "x-amz-checksum-sha256": "sum" } };

function begin(body = new Blob(["bytes"])) {
  const fake = createFakeClock();
  const answer = Promise.withResolvers<PartAnswer>();
  const requests: PartRequest[] = [];
  const loaded: number[] = [];
  const stop = new AbortController();
  const outcome = sendPart({
    part,
    body,
    transport: (request) => {
      requests.push(request);
      request.signal.addEventListener("abort", () => answer.reject(request.signal.reason));
      return answer.promise;
    },
    clock: fake.clock,
    onProgress: (bytes) => loaded.push(bytes),
    signal: stop.signal,
  });
  return { ...fake, answer, requests, loaded, stop, outcome };
}

test.each<[PartAnswer, object]>([
  [{ status: 200, code: null, retryAfter: null }, { name: "arrived" }],
  [{ status: 412, code: "PreconditionFailed", retryAfter: null }, { name: "arrived" }],
  [{ status: 403, code: "AccessDenied", retryAfter: null }, { name: "sign-again" }],
  [{ status: 404, code: "NoSuchUpload", retryAfter: null }, { name: "no-upload" }],
  [{ status: 400, code: "BadDigest", retryAfter: null }, { name: "wrong-bytes" }],
  [{ status: 400, code: "XAmzContentChecksumMismatch", retryAfter: null }, { name: "wrong-bytes" }],
  [
    { status: 400, code: "RequestTimeout", retryAfter: null },
    { name: "try-again", retryAfter: null, lineLost: false },
  ],
  [
    { status: 503, code: "SlowDown", retryAfter: 7 },
    { name: "try-again", retryAfter: 7, lineLost: false },
  ],
])("an answer %j means %j", async (given, meaning) => {
  const { answer, outcome, requests, loaded } = begin();
  requests[0]?.onProgress(2);
  answer.resolve(given);
  expect(await outcome).toEqual(meaning);
  expect(requests[0]).toMatchObject({ url: part.url, headers: part.headers });
  expect(loaded).toEqual([2]);
});

test("a line that does not move for a minute is given up; one that moves a little is not", async () => {
  const { advance, requests, outcome } = begin();
  await advance(59_000);
  requests[0]?.onProgress(1);
  await advance(59_000);
  expect(requests[0]?.signal.aborted).toBe(false);
  await advance(1000);
  expect(requests[0]?.signal.aborted).toBe(true);
  expect(await outcome).toEqual({ name: "try-again", retryAfter: null, lineLost: true });
});

test("a lost line is told from a file that is gone", async () => {
  const here = begin();
  here.answer.reject(new LineLost("no answer"));
  expect(await here.outcome).toEqual({ name: "try-again", retryAfter: null, lineLost: true });
  const gone = new Blob(["bytes"]);
  gone.slice = () => {
    const piece = new Blob();
    piece.arrayBuffer = async () => Promise.reject(new DOMException("gone", "NotReadableError"));
    return piece;
  };
  const lost = begin(gone);
  lost.answer.reject(new LineLost("no answer"));
  await expect(lost.outcome).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
});

test("stopping ends the request with the reason of the stop", async () => {
  const { stop, outcome } = begin();
  stop.abort();
  await expect(outcome).rejects.toMatchObject({ name: "AbortError" });
});
