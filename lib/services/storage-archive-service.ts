import "server-only";
import { coldTarget, restoreHours } from "../clients/cold-storage";
import { mainPlace } from "../clients/store-place";
import { AppError, notFoundError } from "../core/app-error";
import { lockCourse } from "../data/course";
import { findCourseTier, listCourseVideos, setMediaColdSince, type CourseVideoRow } from "../data/storage-archive";
import { inTransaction, type Db, type TenantScope } from "../data/transaction";
import { env } from "../env";
import { enqueueMany } from "../jobs/enqueue";
import { assertCan } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import { isAtHand, isCold, isFrozenClass, videoTier } from "../policies/media-tier-policy";
import { tierFailures, type ColdStorage, type ColdVideo, type TierFailureCode } from "../schemas/storage-archive";
import { recordAudit } from "./audit-service";

const NOUN = "This course";

const scopeOf = (actor: MemberActor) => ({ organizationId: actor.organization.id });
const isFailure = (code: string | null): code is TierFailureCode => code !== null && code in tierFailures;

function toVideo(row: CourseVideoRow, cold: boolean): ColdVideo {
  const asked = row.tier === "RESTORING" && isFrozenClass(row.storageClass);
  const { id, fileName, lesson, stateReason, restoreReadyAt, heldBy } = row;
  return {
    id,
    fileName,
    lesson,
    bytes: Number(row.bytes),
    tier: videoTier(row, cold && heldBy === null ? "COLD" : "HAND"),
    frozen: !isAtHand(row),
    asked,
    readyAt: asked && restoreReadyAt && restoreReadyAt > new Date() ? restoreReadyAt : null,
    failure: isFailure(stateReason) ? stateReason : null,
    heldBy,
  };
}

function sumOf(videos: readonly ColdVideo[]) {
  return { files: videos.length, bytes: videos.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function savingOf(videos: readonly ColdVideo[]): ColdStorage["saving"] {
  const sum = sumOf(videos.filter(({ heldBy }) => heldBy === null));
  const { STORAGE_PRICE_PER_GB_MONTH: price, STORAGE_ARCHIVE_PRICE_PER_GB_MONTH: coldPrice } = env;
  if (price === undefined || coldPrice === undefined) return { ...sum, money: null };
  return { ...sum, money: { amount: (sum.bytes / 1024 ** 3) * (price - coldPrice), currency: env.STORAGE_PRICE_CURRENCY } };
}

async function wayOf(): Promise<ColdStorage["way"]> {
  if (!coldTarget) return null;
  if (coldTarget.kind === "place" || !isFrozenClass(coldTarget.storageClass)) return { frozen: false, restoreHours: 0 };
  return { frozen: true, restoreHours: await restoreHours(coldTarget.storageClass, mainPlace) };
}

/** Where the videos of a course are, what moving them would save, and when those that were asked for are back. @throws AppError NOT_FOUND */
export async function getColdStorage(actor: MemberActor, { courseId }: { courseId: string }): Promise<ColdStorage> {
  assertCan(actor, "course.author");
  const [course, rows, way] = await Promise.all([
    findCourseTier(scopeOf(actor), courseId),
    listCourseVideos(scopeOf(actor), courseId),
    wayOf(),
  ]);
  if (!course) throw notFoundError(NOUN);
  const videos = rows.map((row) => toVideo(row, isCold(course)));
  const of = (tier: ColdVideo["tier"]) => videos.filter((video) => video.tier === tier);
  const returning = of("returning").filter(({ frozen }) => frozen);
  const known = returning.flatMap(({ readyAt }) => readyAt ?? []);
  return {
    courseId,
    status: course.status,
    coldSince: course.mediaColdSince,
    way,
    videos,
    sums: {
      "at-hand": sumOf(of("at-hand")),
      leaving: sumOf(of("leaving")),
      cold: sumOf(of("cold")),
      returning: sumOf(of("returning")),
    },
    readyAt: known.length === returning.length && known.length > 0 ? new Date(Math.max(...known.map((moment) => moment.getTime()))) : null,
    saving: savingOf(videos),
  };
}

/** Has every video of the course looked at: where it should be is decided when its job runs. */
async function enqueueVideos(tx: Db, scope: TenantScope, courseId: string): Promise<number> {
  const videos = await listCourseVideos(scope, courseId, tx);
  const payloads = videos.map(({ id }) => ({ organizationId: scope.organizationId, mediaFileId: id }));
  await enqueueMany(tx, "storage-tier", payloads);
  return payloads.length;
}

/**
 * Wants the videos of an archived course in cold storage. Those that another course needs at hand stay. Asking twice changes nothing.
 *
 * @throws AppError NOT_FOUND; REJECTED when no cold storage is set up; CONFLICT unless the course is archived
 */
export async function coolCourse(actor: MemberActor, { courseId }: { courseId: string }): Promise<void> {
  assertCan(actor, "storage.manage");
  if (!coldTarget) throw new AppError("REJECTED", "No cold storage is set up here. Ask the platform's staff for it.");
  await inTransaction(async (tx) => {
    const course = await lockCourse(scopeOf(actor), courseId, tx);
    if (!course) throw notFoundError(NOUN);
    if (!(await setMediaColdSince(scopeOf(actor), courseId, new Date(), tx))) {
      throw new AppError("CONFLICT", "Only the videos of an archived course can go to cold storage. Archive it first.");
    }
    const videos = await enqueueVideos(tx, scopeOf(actor), courseId);
    await recordAudit(tx, actor, { action: "course.media-cooled", subjectId: courseId, after: { videos } });
  });
}

/** Wants the videos of a course at hand, in the caller's transaction: for one that comes out of the archive. */
export async function recallVideos(tx: Db, actor: MemberActor, courseId: string): Promise<void> {
  const course = await findCourseTier(scopeOf(actor), courseId, tx);
  if (!course?.mediaColdSince) return;
  await setMediaColdSince(scopeOf(actor), courseId, null, tx);
  const videos = await enqueueVideos(tx, scopeOf(actor), courseId);
  await recordAudit(tx, actor, { action: "course.media-recalled", subjectId: courseId, after: { videos } });
}

/** Brings the videos of a course back, while it may stay archived. Asking twice changes nothing. @throws AppError NOT_FOUND */
export async function recallCourse(actor: MemberActor, { courseId }: { courseId: string }): Promise<void> {
  assertCan(actor, "storage.manage");
  await inTransaction(async (tx) => {
    if (!(await lockCourse(scopeOf(actor), courseId, tx))) throw notFoundError(NOUN);
    await recallVideos(tx, actor, courseId);
  });
}
