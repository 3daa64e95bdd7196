import "server-only";
import pLimit from "p-limit";
import sharp from "sharp";

/** What a picture may measure; one above it would need too much memory to be shown. */
export const MAX_SIDE = 10_000;
export const MAX_PIXELS = 60_000_000;

// One decoded picture of the largest size can take 240 MB: two at a time, each on one thread, and nothing kept of them afterwards.
sharp.concurrency(1);
sharp.cache(false);

/** Runs work that decodes a picture when its turn comes: at most two at a time in this process. */
export const pictureWork = pLimit(2);
