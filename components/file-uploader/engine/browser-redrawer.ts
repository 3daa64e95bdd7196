import { createRedrawer, type Redraw } from "./picture-redrawer";
import { pageSurface, redrawPicture } from "./redraw-picture";

/** Redraws pictures in a page: in a worker where one has a canvas (Safari before 16.4: none), else in the page itself. */
export function createBrowserRedrawer(): Redraw {
  const startWorker = () => new Worker(new URL("./shrink-worker.ts", import.meta.url), { type: "module" });
  return createRedrawer("OffscreenCanvas" in window ? startWorker : null, (picture, plan) => redrawPicture(picture, plan, pageSurface));
}
