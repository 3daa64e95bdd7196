import "server-only";
import { HeadBucketCommand, S3ServiceException } from "@aws-sdk/client-s3";
import { logger } from "../core/logger";
import { mainPlace, replicaPlace, type StorePlace } from "./store-place";

/** A verdict is looked at again when it is this old; milliseconds. */
const FRESH = 15_000;
/** What one question may take, the client's own retries included; milliseconds. */
const PATIENCE = 1_500;
/** Somebody's doubt is not asked about more often; milliseconds. */
const DOUBT_PAUSE = 2_000;

/** Does the bucket's store answer, whatever it says? A refusal is an answer: only silence and the store's own failures are not. */
export async function isAnswering({ client, bucket }: StorePlace): Promise<boolean> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal: AbortSignal.timeout(PATIENCE) });
    return true;
  } catch (error) {
    return error instanceof S3ServiceException && (error.$metadata.httpStatusCode ?? 500) < 500;
  }
}

/**
 * What this process believes of a store. Only the first question of all waits for an answer; later ones get the last verdict at once and
 * have it looked at again behind their back when it is old. Two failures in a row are "down", one answer is "up".
 */
export class StoreHealth {
  readonly #ask: () => Promise<boolean>;
  readonly #now: () => number;
  #up = true;
  #checkedAt: number | null = null;
  #underway: Promise<void> | null = null;

  /** @param now milliseconds */
  constructor(ask: () => Promise<boolean>, now: () => number = () => Date.now()) {
    this.#ask = ask;
    this.#now = now;
  }

  /** When the verdict was made; null before the first one. */
  get checkedAt(): Date | null {
    return this.#checkedAt === null ? null : new Date(this.#checkedAt);
  }

  #check(): Promise<void> {
    const check = async () => {
      const up = (await this.#ask()) || (await this.#ask());
      if (up !== this.#up) logger.warn({ up }, up ? "the main store answers again" : "the main store does not answer");
      this.#up = up;
      this.#checkedAt = this.#now();
    };
    this.#underway ??= check().finally(() => (this.#underway = null));
    return this.#underway;
  }

  #isOlderThan(age: number): boolean {
    return this.#checkedAt === null || Math.abs(this.#now() - this.#checkedAt) >= age;
  }

  /** @param doubt somebody could not read from it just now: its verdict is waited for, unless it is of this moment */
  async isUp({ doubt = false }: { doubt?: boolean } = {}): Promise<boolean> {
    if (this.#checkedAt === null || (doubt && this.#isOlderThan(DOUBT_PAUSE))) await this.#check();
    else if (this.#isOlderThan(FRESH)) void this.#check();
    return this.#up;
  }
}

/** The main store's, as this process sees it; null without a replica, since nothing could be done about it. */
export const mainHealth = replicaPlace ? new StoreHealth(() => isAnswering(mainPlace)) : null;
