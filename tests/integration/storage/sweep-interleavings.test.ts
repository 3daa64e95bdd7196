import { beforeEach, expect, test } from "vitest";
import { bucketName } from "@/lib/clients/bucket";
import { AppError } from "@/lib/core/app-error";
import { isMediaFileReferenced, lockMediaFile } from "@/lib/data/media-file";
import { moveBytes } from "@/lib/data/storage-account";
import { markMissing } from "@/lib/data/storage-sweep";
import { inTransaction, type Db } from "@/lib/data/transaction";
import { isUniqueViolation } from "@/lib/data/unique-violation";
import { db } from "@/lib/db";
import type { MemberActor, PlatformActor } from "@/lib/policies/actor";
import { listDeletedContent, listEmptyings, restoreDeleted } from "@/lib/services/deleted-content-service";
import { deleteLesson, getLesson } from "@/lib/services/lesson-service";
import { emptyStorage, refillStorage } from "@/lib/services/storage-emptying-service";
import { releaseFile } from "@/lib/services/storage-release-service";
import { attachFile, purgeFile } from "@/lib/services/storage-service";
import { listTrash, restoreTrashedObject } from "@/lib/services/storage-restore-service";
import { createCourse, createLesson, createMember, createOrganization, createPlatformActor, system } from "../../support/factories";
import { seededRandom } from "../../support/seeded-random";
import { storageOf } from "../../support/uploads";
import { fillWith, keys, letAWeekPass, orphan, put, startAnew, storedFile, sweep } from "./sweep-steps";

const ROUNDS = 32;
const AT_ONCE = 4;

let organization: Awaited<ReturnType<typeof createOrganization>>;
let owner: MemberActor;
let staff: PlatformActor;

beforeEach(async () => {
  await startAnew();
  organization = await createOrganization();
  owner = await createMember(organization, "owner");
  staff = await createPlatformActor();
});

/** Makes this the lesson's video, or leaves it without one, as saving a lesson does. */
async function exchange(tx: Db, lessonId: string, videoId: string | null): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Lesson" WHERE id = ${lessonId} FOR UPDATE`;
  const lesson = await tx.lesson.findUnique({ where: { id: lessonId } });
  if (!lesson || videoId === lesson.videoId) return;
  if (videoId) await attachFile(tx, owner, videoId, "VIDEO");
  await tx.lesson.update({ where: { id: lessonId }, data: { videoId } });
  if (lesson.videoId) await releaseFile(tx, owner, lesson.videoId, { courseId: lesson.courseId, lessonId });
}

/** A store that does not list an object for a while has a sweep mark its file as missing; nobody can attach it then. */
function loseFromSight(id: string): Promise<void> {
  return inTransaction(async (tx) => {
    const file = await lockMediaFile({ organizationId: organization.id }, id, tx);
    if (file?.state !== "READY" || (await isMediaFileReferenced(file, id, tx))) return;
    await markMissing(file, id, tx);
    await moveBytes(file, { used: -file.bytes }, tx);
  });
}

/** Makes a purged file anew under its key, as the sizes of a picture are: the row first, then the object, then both count. */
async function makeAnew({ id, fileKey }: { id: string; fileKey: string }): Promise<void> {
  const { count } = await db.mediaFile.updateMany({ where: { id, state: "PURGED" }, data: { state: "PENDING" } });
  if (count === 0) return;
  await put(fileKey);
  await inTransaction(async (tx) => {
    const file = await lockMediaFile({ organizationId: organization.id }, id, tx);
    if (file?.state !== "PENDING") return;
    await tx.mediaFile.update({ where: { id }, data: { state: "READY", readyAt: new Date() } });
    await moveBytes(file, { used: file.bytes }, tx);
  });
}

/**
 * A refusal is an answer, also the database's, of a key whose object is on its way to the trash; so is a deadlock, which PostgreSQL
 * resolves by undoing one of the two.
 */
function isAnswer(error: unknown): boolean {
  return (
    error instanceof AppError || isUniqueViolation(error) || (error instanceof Error && /deadlock|write conflict/i.test(error.message))
  );
}

test.each([1, 2, 3])(
  "whatever is attached has its object, however uploads, replacements, deletions, emptyings, purges, restores and sweeps meet (seed %i)",
  async (seed) => {
    const random = seededRandom(seed);
    const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
    await fillWith(organization, 60);
    const course = await createCourse(organization);
    for (let lesson = 0; lesson < 3; lesson += 1) await createLesson(course);
    const lessonsNow = () => db.lesson.findMany({ where: { courseId: course.id }, select: { id: true }, orderBy: { id: "asc" } });
    const anyFile = async (state: "READY" | "RELEASED" | "PURGED") =>
      pick(await db.mediaFile.findMany({ where: { state, organizationId: organization.id }, orderBy: { id: "asc" }, take: 12 }));

    const acts: (() => Promise<unknown>)[] = [
      () => storedFile(organization),
      async () => exchangeVideo((await anyFile("READY"))?.id ?? null),
      async () => exchangeVideo((await anyFile("RELEASED"))?.id ?? null),
      () => exchangeVideo(null),
      async () => {
        const file = await anyFile("RELEASED");
        if (!file) return;
        await db.mediaFile.updateMany({ where: { id: file.id, state: "RELEASED" }, data: { purgeAfter: new Date(Date.now() - 1000) } });
        await purgeFile(system, { organizationId: organization.id, mediaFileId: file.id });
      },
      async () => {
        const lesson = pick(await lessonsNow());
        if (lesson) await deleteLesson(owner, { courseId: course.id, lessonId: lesson.id });
      },
      async () => {
        const item = pick(await listDeletedContent(owner, { courseId: course.id }));
        if (item) await restoreDeleted(owner, { deletedItemId: item.id });
      },
      async () => {
        const lesson = pick(await lessonsNow());
        const file = pick(lesson ? (await getLesson(owner, { courseId: course.id, lessonId: lesson.id })).removed : []);
        if (file) await exchangeVideo(file.id);
      },
      // Now and then only: it leaves little for the others to do.
      async () => {
        const [emptying] = await listEmptyings(owner);
        if (emptying) await refillStorage(owner, { deletedItemId: emptying.id });
        else if (random() < 0.3) await emptyStorage(owner, { name: organization.name });
      },
      () => orphan(organization),
      async () => {
        const file = await anyFile("READY");
        if (file) await loseFromSight(file.id);
      },
      async () => {
        const file = await anyFile("PURGED");
        if (file) await put(file.fileKey);
      },
      async () => {
        const file = await anyFile("PURGED");
        if (file) await makeAnew(file);
      },
      async () => letAWeekPass(),
      () => sweep("DELETE"),
      () => sweep("DELETE"),
      async () => {
        const object = pick((await listTrash(staff, { q: "", page: 1 })).items);
        if (object) await restoreTrashedObject(staff, { trashedObjectId: object.id });
      },
    ];
    async function exchangeVideo(videoId: string | null): Promise<void> {
      const lesson = pick(await lessonsNow());
      if (lesson) await inTransaction((tx) => exchange(tx, lesson.id, videoId));
    }

    for (let round = 0; round < ROUNDS; round += 1) {
      const chosen = Array.from({ length: AT_ONCE }, () => pick(acts));
      const results = await Promise.allSettled(chosen.map(async (act) => act?.()));
      const failures = results.flatMap((result) =>
        result.status === "rejected" && !isAnswer(result.reason) ? [result.reason as unknown] : [],
      );
      expect(failures).toEqual([]);
      const attached = await db.lesson.findMany({ where: { courseId: course.id, NOT: { videoId: null } }, select: { video: true } });
      for (const { video } of attached) expect(video?.state).toBe("READY");
      const there = new Set(await keys());
      const files = await db.mediaFile.findMany({ where: { organizationId: organization.id, state: { in: ["READY", "RELEASED"] } } });
      expect(files.map(({ fileKey }) => fileKey).filter((key) => !there.has(key))).toEqual([]);
    }
    await loseFromSight((await storedFile(organization)).id);
    await sweep("DELETE", bucketName);
    const { used, ledger } = await storageOf(organization.id);
    expect(used).toBe(ledger.used);
    expect(await db.mediaFile.count({ where: { state: "MISSING" } })).toBe(0);
    // The sweeps were there in earnest.
    for (const outcome of ["TRASHED", "HEALED"]) expect(await db.storageFinding.count({ where: { outcome } })).toBeGreaterThan(0);
  },
  60_000,
);
