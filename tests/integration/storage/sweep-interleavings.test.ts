import { beforeEach, expect, test } from "vitest";
import { headObject } from "@/lib/clients/bucket";
import { AppError } from "@/lib/core/app-error";
import { inTransaction, type Db } from "@/lib/data/transaction";
import { db } from "@/lib/db";
import type { MemberActor, PlatformActor } from "@/lib/policies/actor";
import { releaseFile } from "@/lib/services/storage-release-service";
import { attachFile, purgeFile } from "@/lib/services/storage-service";
import { listTrash, restoreTrashedObject } from "@/lib/services/storage-restore-service";
import { createCourse, createLesson, createMember, createOrganization, createPlatformActor, system } from "../../support/factories";
import { seededRandom } from "../../support/seeded-random";
import { storageOf } from "../../support/uploads";
import { fillWith, letAWeekPass, orphan, startAnew, storedFile, sweep } from "./sweep-steps";

const ROUNDS = 25;
const AT_ONCE = 4;

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: MemberActor;
let staff: PlatformActor;

beforeEach(async () => {
  await startAnew();
  organization = await createOrganization();
  author = await createMember(organization, "instructor");
  staff = await createPlatformActor();
});

/** Makes this the lesson's video, or leaves it without one, as saving a lesson does. */
async function exchange(tx: Db, lessonId: string, videoId: string | null): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Lesson" WHERE id = ${lessonId} FOR UPDATE`;
  const lesson = await tx.lesson.findUniqueOrThrow({ where: { id: lessonId } });
  if (videoId === lesson.videoId) return;
  if (videoId) await attachFile(tx, author, videoId, "VIDEO");
  await tx.lesson.update({ where: { id: lessonId }, data: { videoId } });
  if (lesson.videoId) await releaseFile(tx, author, lesson.videoId);
}

/** A refusal is an answer; so is a deadlock, which PostgreSQL resolves by undoing one of the two. */
function isAnswer(error: unknown): boolean {
  return error instanceof AppError || (error instanceof Error && /deadlock|write conflict/i.test(error.message));
}

test.each([1, 2, 3])(
  "whatever is attached has its object, however uploads, replacements, purges, restores and sweeps meet (seed %i)",
  async (seed) => {
    const random = seededRandom(seed);
    const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
    await fillWith(organization, 60);
    const course = await createCourse(organization);
    const lessons = [await createLesson(course), await createLesson(course), await createLesson(course)];
    const anyFile = async (state: "READY" | "RELEASED") =>
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
      () => orphan(organization),
      async () => letAWeekPass(),
      () => sweep("DELETE"),
      () => sweep("DELETE"),
      async () => {
        const object = pick((await listTrash(staff, { q: "", page: 1 })).items);
        if (object) await restoreTrashedObject(staff, { trashedObjectId: object.id });
      },
    ];
    function exchangeVideo(videoId: string | null): Promise<void> {
      const lesson = pick(lessons);
      return inTransaction((tx) => exchange(tx, lesson?.id ?? "", videoId));
    }

    for (let round = 0; round < ROUNDS; round += 1) {
      const chosen = Array.from({ length: AT_ONCE }, () => pick(acts));
      const results = await Promise.allSettled(chosen.map(async (act) => act?.()));
      const failures = results.flatMap((result) =>
        result.status === "rejected" && !isAnswer(result.reason) ? [result.reason as unknown] : [],
      );
      expect(failures).toEqual([]);
      const attached = await db.lesson.findMany({ where: { courseId: course.id, NOT: { videoId: null } }, select: { video: true } });
      for (const { video } of attached) {
        expect(video?.state).toBe("READY");
        expect(await headObject(video?.fileKey ?? "")).not.toBeNull();
      }
    }
    const { used, ledger } = await storageOf(organization.id);
    expect(used).toBe(ledger.used);
    expect(await db.mediaFile.count({ where: { state: "MISSING" } })).toBe(0);
    // The sweeps were there in earnest.
    expect(await db.storageFinding.count({ where: { outcome: "TRASHED" } })).toBeGreaterThan(0);
  },
  60_000,
);
