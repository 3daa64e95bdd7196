import type { MediaKind, MediaView } from "@/lib/schemas/media";
import type { Clock } from "./doors";

/** What the tab that works tells those that follow it. */
type News = { sent: number } | { media: MediaView };

/** As much of a BroadcastChannel as tabs need. */
export type TabChannel = {
  postMessage: (news: News) => void;
  onmessage: ((event: MessageEvent<News>) => void) | null;
  close: () => void;
};

/**
 * Lets one tab at a time work under a name; the others follow it, and take over when it goes.
 *
 * @throws what `lead` throws, or the signal's reason
 */
export type TabLock = (options: {
  name: string;
  signal: AbortSignal;
  /** Another tab works; null until it says how far it is. Bytes */
  onFollow: (sent: number | null) => void;
  lead: (tell: (sent: number) => void) => Promise<MediaView>;
}) => Promise<MediaView>;

/** What the tab that sends a file works under. */
export function lockName(upload: { org: string; kind: MediaKind; fingerprint: string }): string {
  return `upload:${upload.org}:${upload.kind}:${upload.fingerprint}`;
}

/** The names under which some tab of this browser works at the moment. */
export type HeldNames = () => Promise<ReadonlySet<string>>;

export function createHeldNames(locks: Pick<LockManager, "query">): HeldNames {
  return async () => {
    const { held = [] } = await locks.query();
    return new Set(held.flatMap(({ name }) => name ?? []));
  };
}

/** For so long a finished leader keeps the lock, so that its last word comes before it is free; milliseconds. */
const LINGER = 250;

/** Without locks (an old browser) every tab simply works: the server sorts out that it is the same file. */
export const noTabLock: TabLock = ({ lead }) => lead(() => undefined);

/** Locks of one origin (Web Locks API, W3C); the browser frees them when a tab goes, also by a crash. */
export function createTabLock(locks: Pick<LockManager, "request">, openChannel: (name: string) => TabChannel, clock: Clock): TabLock {
  return ({ name, signal, onFollow, lead }) => {
    const channel = openChannel(name);
    const result = Promise.withResolvers<MediaView>();
    const answered = new AbortController();
    let leading = false;
    channel.onmessage = ({ data }) => {
      if (leading || signal.aborted) return;
      if ("sent" in data) onFollow(data.sent);
      else {
        result.resolve(data.media);
        answered.abort();
      }
    };

    const work = async (): Promise<boolean> => {
      leading = true;
      const media = await lead((sent) => channel.postMessage({ sent }));
      channel.postMessage({ media });
      result.resolve(media);
      await clock.wait(LINGER, new AbortController().signal);
      return true;
    };
    const take = async () => {
      if (await locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : false))) return;
      onFollow(null);
      await locks.request(name, { signal: AbortSignal.any([signal, answered.signal]) }, work);
    };
    take()
      .catch((error: unknown) => result.reject(error))
      .finally(() => channel.close());
    return result.promise;
  };
}
