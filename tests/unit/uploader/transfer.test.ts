import { expect, test, vi } from "vitest";
import { LineLost } from "@/components/file-uploader/engine/doors";
import { GB, arrivedAnswer, world } from "./transfer-world";

test.each([10 * GB, 200 * GB])("%d bytes: four parts at a time, each once, at most one sign call for eight parts", async (size) => {
  const { transfer, calls, sending, arrived, hashed, partCount, views } = await world(size);
  await transfer.run();
  expect(arrived.size).toBe(partCount);
  expect(hashed).toHaveLength(partCount);
  expect(sending.most).toBe(4);
  expect(calls.sign).toBeLessThanOrEqual(partCount / 8);
  expect(calls).toMatchObject({ begin: 1, status: 0, complete: 1 });
  expect(views.at(-1)?.sent).toBe(size);
});

test("the machine's date is never asked: a clock that is ten minutes wrong changes nothing", async () => {
  vi.spyOn(Date, "now").mockImplementation(() => {
    throw new Error("The machine's date was asked.");
  });
  const { transfer, arrived, partCount } = await world(GB);
  await transfer.run();
  expect(arrived.size).toBe(partCount);
});

test("sums are worked out at most two batches before their parts are sent", async () => {
  const { transfer, hashed, settled } = await world(10 * GB, () => new Promise(() => undefined));
  void transfer.run();
  // Four on their way, eight that are signed, eight that are next.
  await vi.waitFor(() => expect(hashed).toHaveLength(4 + 8 + 8));
  for (let turn = 0; turn < 10; turn += 1) await settled();
  expect(hashed).toHaveLength(4 + 8 + 8);
});

test("on a line so slow that addresses run out, none is used after its end", async () => {
  const { transfer, advance, stale, arrived, partCount, calls, clock } = await world(GB, async ({ onProgress }) => {
    for (let step = 1; step <= 10; step += 1) {
      await clock.wait(40_000, new AbortController().signal);
      onProgress(step);
    }
    return arrivedAnswer;
  });
  const done = transfer.run();
  await advance(16 * 400_000 + 60_000);
  await done;
  expect(arrived.size).toBe(partCount);
  expect(stale).toEqual([]);
  expect(calls.sign).toBeLessThanOrEqual(partCount / 4);
});

test("an address that was refused is made anew, once for its part", async () => {
  let refused: string | null = null;
  const { transfer, calls, arrived, partCount } = await world(GB, async ({ url }, partNumber) => {
    if (partNumber === 9) refused ??= url;
    return url === refused ? { status: 403, code: "AccessDenied", retryAfter: null } : arrivedAnswer;
  });
  await transfer.run();
  expect(arrived.size).toBe(partCount);
  expect(calls.sign).toBeLessThanOrEqual(partCount / 8 + 1);
  expect(calls.status).toBe(0);
});

test("an upload that the store does not know any more is asked for at the server", async () => {
  let told = false;
  const { transfer, calls, arrived, partCount } = await world(GB, async (_request, partNumber) => {
    if (partNumber !== 20 || told) return arrivedAnswer;
    told = true;
    return { status: 404, code: "NoSuchUpload", retryAfter: null };
  });
  await transfer.run();
  expect(calls).toMatchObject({ status: 1, complete: 1 });
  expect(arrived.size).toBe(partCount);
});

test("while the machine is offline it waits and says so, and goes on when the line is back", async () => {
  const { transfer, state, advance, views, arrived, partCount } = await world(GB, async (_request, partNumber) => {
    if (partNumber < 10 || state.online) return arrivedAnswer;
    throw new LineLost("no line");
  });
  state.online = false;
  const done = transfer.run();
  await advance(3_600_000);
  expect(views.at(-1)?.phase).toEqual({ name: "waiting", wait: { reason: "offline", seconds: null } });
  expect(arrived.size).toBe(9);
  state.online = true;
  state.line.resolve(undefined);
  await advance(60_000);
  await done;
  expect(arrived.size).toBe(partCount);
});

test("the tries of a part count anew when others have arrived meanwhile", async () => {
  let tries = 0;
  const { transfer, advance, arrived, partCount, clock } = await world(GB, async (_request, partNumber) => {
    if (partNumber === 1) tries += 1;
    if (partNumber === 1 && tries <= 12) return { status: 500, code: "InternalError", retryAfter: null };
    await clock.wait(20_000, new AbortController().signal);
    return arrivedAnswer;
  });
  const done = transfer.run();
  await advance(900_000);
  await done;
  expect(tries).toBe(13);
  expect(arrived.size).toBe(partCount);
});

test("a part that fails eight times while no other arrives ends the upload", async () => {
  const tries = new Map<number, number>();
  const { transfer, advance } = await world(GB, async (_request, partNumber) => {
    tries.set(partNumber, (tries.get(partNumber) ?? 0) + 1);
    return partNumber === 64 ? { status: 500, code: "InternalError", retryAfter: null } : arrivedAnswer;
  });
  const done = expect(transfer.run()).rejects.toMatchObject({ code: "UNAVAILABLE", canRetry: true });
  await advance(600_000);
  await done;
  expect(tries.get(64)).toBe(8);
});

test("pausing stops what is on its way and keeps what arrived; what is shown never exceeds the file", async () => {
  const held = new Set<number>();
  const size = GB;
  const { transfer, arrived, sending, views } = await world(size, (request, partNumber) => {
    request.onProgress(64 * 1024 ** 2);
    if (partNumber <= 6) return undefined;
    held.add(partNumber);
    return new Promise((_resolve, reject) => request.signal.addEventListener("abort", () => reject(request.signal.reason as Error)));
  });
  const done = expect(transfer.run()).rejects.toMatchObject({ name: "AbortError" });
  await vi.waitFor(() => expect(held.size).toBe(4));
  expect(transfer.view().sent).toBe(10 * 16 * 1024 ** 2);
  transfer.pause();
  await done;
  expect(sending.now).toBe(0);
  expect(arrived.size).toBe(6);
  expect(transfer.view().sent).toBe(6 * 16 * 1024 ** 2);
  expect(Math.max(...views.map(({ sent }) => sent))).toBeLessThanOrEqual(size);
});
