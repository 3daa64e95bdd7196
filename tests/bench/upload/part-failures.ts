import { seededRandom } from "../../support/seeded-random.ts";

/**
 * Tells, part request by part request, which are to fail: one in each run of `1 / share`, at a place that the seed chooses. So every
 * contestant loses the same ones by number, and none is spared by luck.
 */
export function partFailures(share: number, seed: number): () => boolean {
  const random = seededRandom(seed);
  const run = Math.round(1 / share);
  let place = 0;
  let chosen = 0;
  return () => {
    if (place === 0) chosen = Math.floor(random() * run);
    const fails = place === chosen;
    place = (place + 1) % run;
    return fails;
  };
}
