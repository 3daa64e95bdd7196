import { offscreenSurface, redrawPicture, type RedrawPlan } from "./redraw-picture";

export type ShrinkRequest = { picture: Blob; plan: RedrawPlan };
export type ShrinkAnswer = { redrawn: Blob } | { failure: string };

// A worker's own scope; this file is compiled with the page's types.
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<ShrinkRequest>) => void;
  postMessage: (answer: ShrinkAnswer) => void;
};

async function answer({ picture, plan }: ShrinkRequest): Promise<void> {
  try {
    scope.postMessage({ redrawn: await redrawPicture(picture, plan, offscreenSurface) });
  } catch (error) {
    scope.postMessage({ failure: String(error) });
  }
}

scope.onmessage = ({ data }) => void answer(data);
