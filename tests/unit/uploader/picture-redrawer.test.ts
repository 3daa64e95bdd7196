import { expect, test, vi } from "vitest";
import { createRedrawer, type ShrinkWorker } from "@/components/file-uploader/engine/picture-redrawer";
import type { ShrinkAnswer } from "@/components/file-uploader/engine/shrink-worker";

const plan = { maxSide: 2560, side: "longer", transparent: false } as const;
const going = new AbortController().signal;
const inPage = async () => new Blob(["in the page"]);

/** A worker that does what the test says with each picture. */
function worker(onPicture: (self: ShrinkWorker, answer: (data: ShrinkAnswer) => void) => void) {
  const terminate = vi.fn();
  const start = (): ShrinkWorker => {
    const self: ShrinkWorker = {
      onmessage: null,
      onerror: null,
      terminate,
      postMessage: () => onPicture(self, (data) => self.onmessage?.(new MessageEvent("message", { data }))),
    };
    return self;
  };
  return { start, terminate };
}

test("the worker's picture is taken, and the worker ends", async () => {
  const { start, terminate } = worker((_self, answer) => answer({ redrawn: new Blob(["in the worker"]) }));
  const redrawn = await createRedrawer(start, inPage)(new Blob(), plan, going);
  expect(await redrawn.text()).toBe("in the worker");
  expect(terminate).toHaveBeenCalledOnce();
});

test("a picture that the worker can't decode is not tried again in the page", async () => {
  const { start, terminate } = worker((_self, answer) => answer({ failure: "InvalidStateError" }));
  await expect(createRedrawer(start, inPage)(new Blob(), plan, going)).rejects.toThrow("InvalidStateError");
  expect(terminate).toHaveBeenCalledOnce();
});

test.each([
  ["there is none", null],
  [
    "it is forbidden",
    () => {
      throw new Error("SecurityError");
    },
  ],
  ["its script does not load", worker(({ onerror }) => onerror?.(new Event("error") as ErrorEvent)).start],
])("the page does it where %s", async (_title, start) => {
  const redrawn = await createRedrawer(start, inPage)(new Blob(), plan, going);
  expect(await redrawn.text()).toBe("in the page");
});

test("giving up ends the worker in the middle of its picture, and the next picture has its turn", async () => {
  const stop = new AbortController();
  const { start, terminate } = worker(() => stop.abort());
  await expect(createRedrawer(start, inPage)(new Blob(), plan, stop.signal)).rejects.toMatchObject({ name: "AbortError" });
  expect(terminate).toHaveBeenCalledOnce();
});

test("one picture is drawn at a time, also after one that failed", async () => {
  const asked: ((data: ShrinkAnswer) => void)[] = [];
  const redraw = createRedrawer(worker((_self, answer) => asked.push(answer)).start, inPage);
  const [first, second] = [redraw(new Blob(), plan, going), redraw(new Blob(), plan, going)];
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  asked[0]?.({ failure: "damaged" });
  await expect(first).rejects.toThrow("damaged");
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  asked[1]?.({ redrawn: new Blob(["second"]) });
  expect(await (await second).text()).toBe("second");
});
