import { beforeEach, expect, test } from "vitest";
import { headObject } from "@/lib/clients/bucket";
import { placeNamed } from "@/lib/clients/store-place";
import { AppError } from "@/lib/core/app-error";
import { HOUR } from "@/lib/core/clock";
import { inTransaction, type Db } from "@/lib/data/transaction";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { deleteOldObjects } from "@/lib/services/storage-departure-service";
import { copyFiles } from "@/lib/services/storage-migration-service";
import { movePrefix } from "@/lib/services/storage-prefix-service";
import { releaseFile } from "@/lib/services/storage-release-service";
import { attachFile, purgeFile } from "@/lib/services/storage-service";
import { verifyFiles } from "@/lib/services/storage-verify-service";
import { createCourse, createLesson, createMember, createOrganization, system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { seededRandom } from "../../support/seeded-random";
import { keysIn, other, startMoves, unreadable, wholeFile } from "./move-steps";

const ROUNDS = 10;
const AT_ONCE = 4;

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: MemberActor;

beforeEach(async () => {
  await startMoves();
  organization = await createOrganization();
  author = await createMember(organization, "instructor");
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

test.each([1, 2])(
  "whatever is attached can be read, however moves there and back meet uploads, replacements and purges (seed %i)",
  async (seed) => {
    const random = seededRandom(seed);
    const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
    for (let count = 0; count < 12; count += 1) await wholeFile(organization);
    const course = await createCourse(organization);
    const lessons = [await createLesson(course), await createLesson(course), await createLesson(course)];
    const prefixes = [organization.storagePrefix, `${organization.storagePrefix.slice(0, -1)}-moved/`] as const;
    const anyFile = async (state: "READY" | "RELEASED") =>
      pick(await db.mediaFile.findMany({ where: { state, organizationId: organization.id }, orderBy: { id: "asc" }, take: 12 }));
    const exchangeVideo = (videoId: string | null) => inTransaction((tx) => exchange(tx, pick(lessons)?.id ?? "", videoId));
    const prefixMove = async ([from, to]: readonly [string, string]) => {
      store.clock.advance(random() < 0.5 ? 5 * HOUR : 0);
      await movePrefix(system, { from, to }, {});
    };
    const acts: (() => Promise<unknown>)[] = [
      async () => {
        const { storagePrefix } = await db.organization.findUniqueOrThrow({ where: { id: organization.id } });
        await wholeFile({ ...organization, storagePrefix });
      },
      async () => exchangeVideo((await anyFile("READY"))?.id ?? null),
      async () => exchangeVideo((await anyFile("RELEASED"))?.id ?? null),
      () => exchangeVideo(null),
      async () => {
        const file = await anyFile("RELEASED");
        if (!file) return;
        await db.mediaFile.updateMany({ where: { id: file.id, state: "RELEASED" }, data: { purgeAfter: new Date(Date.now() - 1000) } });
        await purgeFile(system, { organizationId: organization.id, mediaFileId: file.id });
      },
      () => copyFiles(system, { to: "other" }, {}),
      () => copyFiles(system, { to: "main" }, {}),
      () => prefixMove(prefixes),
      () => prefixMove([prefixes[1], prefixes[0]]),
      () => verifyFiles(system, { to: "main" }, {}),
      () => deleteOldObjects(system, { confirm: other.bucket }, {}),
    ];

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
        expect(await headObject(video?.fileKey ?? "", placeNamed(video?.store ?? ""))).not.toBeNull();
      }
      expect(await unreadable()).toEqual([]);
    }

    // The moves were there in earnest, and end in one bucket with nothing left in the other.
    expect(await db.storageMove.count({ where: { state: "DONE", phase: "copy" } })).toBeGreaterThan(0);
    await copyFiles(system, { to: "main" }, {});
    expect(await verifyFiles(system, { to: "main", deep: true }, {})).toMatchObject({ problems: 0 });
    await deleteOldObjects(system, { confirm: other.bucket }, {});
    expect(await unreadable()).toEqual([]);
    const unknown = await keysIn(other);
    expect(await db.mediaFile.count({ where: { fileKey: { in: unknown } } })).toBe(0);
  },
  60_000,
);
