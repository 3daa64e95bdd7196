import "server-only";
import { AppError, notFoundError } from "../core/app-error";
import { findMediaOpenTo } from "../data/learner-course";
import { assertCan, can } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import { isAtHand } from "../policies/media-tier-policy";
import type { PlaybackSource } from "../schemas/learner-course";
import { signMediaUrl } from "./delivery-service";

/** How long a signed address of private media is good; a player renews it before. */
export const PLAYBACK_SECONDS = 60 * 60;
/** A download begins at once, so its address need not live long. */
const DOWNLOAD_SECONDS = 5 * 60;

/**
 * A signed address of a lesson's video or attachment, for who is enrolled in its course (or its author). The entitlement is checked
 * each time: leaving the course or the organization ends access with the next address.
 *
 * @param input.failed an address that was given before could not be read just now
 * @throws AppError FORBIDDEN, NOT_FOUND; CONFLICT while the file is in cold storage and can't be read
 */
export async function openMedia(
  actor: MemberActor,
  { mediaFileId, download, failed = false }: { mediaFileId: string; download: boolean; failed?: boolean },
): Promise<PlaybackSource> {
  assertCan(actor, "course.learn");
  const scope = { organizationId: actor.organization.id };
  const viewer = { userId: actor.userId, author: can(actor, "course.author") };
  const file = await findMediaOpenTo(scope, viewer, mediaFileId);
  if (!file) throw notFoundError("This file");
  if (!isAtHand(file)) throw new AppError("CONFLICT", "This video is in cold storage now. Reload the page to see when it is back.");
  const signed = await signMediaUrl(file, {
    expiresInSeconds: download ? DOWNLOAD_SECONDS : PLAYBACK_SECONDS,
    download,
    doubt: failed,
  });
  return { url: signed.url, expiresAt: signed.expiresAt.toISOString() };
}
