import { beforeEach, expect, test } from "vitest";
import { listObjects } from "@/lib/clients/bucket";
import { CopyMismatch } from "@/lib/clients/place-copy";
import { mainPlace, placeNamed, type StorePlace } from "@/lib/clients/store-place";
import { AppError } from "@/lib/core/app-error";
import { inTransaction } from "@/lib/data/transaction";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { listDeletedContent, listEmptyings, restoreDeleted } from "@/lib/services/deleted-content-service";
import { deleteLesson } from "@/lib/services/lesson-service";
import { coolCourse, recallCourse } from "@/lib/services/storage-archive-service";
import { settleTier } from "@/lib/services/storage-cooling-service";
import { emptyStorage, refillStorage } from "@/lib/services/storage-emptying-service";
import { releaseFile } from "@/lib/services/storage-release-service";
import { attachFile, purgeFile } from "@/lib/services/storage-service";
import { TierFailure } from "@/lib/services/storage-tier-service";
import { createLesson, createMember, createOrganization, system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { seededRandom } from "../../support/seeded-random";
import { storageOf } from "../../support/uploads";
import { compare, drain, letTimePass, replica } from "../replica/replica-steps";
import { archive, bucketsWith, coldCourse, storedVideo } from "./cold-steps";
import { sweep } from "./sweep-steps";

const ROUNDS = 12;
const AT_ONCE = 5;

let organization: Awaited<ReturnType<typeof createOrganization>>;
let owner: MemberActor;

beforeEach(async () => {
  store.onRequest = undefined;
  organization = await createOrganization();
  owner = await createMember(organization, "owner");
});

/** This organization's keys in a bucket. */
async function keysIn(place: StorePlace): Promise<string[]> {
  const { objects } = await listObjects(null, place);
  return objects.map(({ key }) => key).filter((key) => key.startsWith(organization.storagePrefix));
}

/** Makes this the lesson's video, or leaves it without one, as saving a lesson does. */
function exchange(lessonId: string, videoId: string | null): Promise<void> {
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Lesson" WHERE id = ${lessonId} FOR UPDATE`;
    const lesson = await tx.lesson.findUnique({ where: { id: lessonId } });
    if (!lesson || videoId === lesson.videoId) return;
    if (videoId) await attachFile(tx, owner, videoId, "VIDEO");
    await tx.lesson.update({ where: { id: lessonId }, data: { videoId } });
    if (lesson.videoId) await releaseFile(tx, owner, lesson.videoId, { courseId: lesson.courseId, lessonId });
  });
}

/**
 * A refusal is an answer; so are a copy that another job was quicker with, an object that a purge has deleted whose answer was lost, and a
 * deadlock, which PostgreSQL resolves by undoing one of the two.
 */
const isAnswer = (error: unknown) =>
  error instanceof AppError ||
  error instanceof CopyMismatch ||
  error instanceof TierFailure ||
  (error instanceof Error && /deadlock|write conflict/i.test(error.message));

test.each([1, 2])(
  "each file lies in one bucket, and where its row says, however cold storage, deletions, emptyings, purges and the replica meet (seed %i)",
  async (seed) => {
    const random = seededRandom(seed);
    const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
    const courses = [await coldCourse(organization, []), await coldCourse(organization, [], false)];
    for (const course of courses)
      for (let n = 0; n < 2; n += 1) await createLesson(course, { videoId: (await storedVideo(organization)).id });
    const courseId = () => pick(courses)?.id ?? "";
    const anyLesson = async () => pick(await db.lesson.findMany({ where: { organizationId: organization.id }, orderBy: { id: "asc" } }));
    const anyFile = async (...states: ("READY" | "RELEASED" | "PURGED")[]) =>
      pick(await db.mediaFile.findMany({ where: { organizationId: organization.id, state: { in: states } }, orderBy: { id: "asc" } }));
    const settle = (mediaFileId: string) => settleTier(system, { organizationId: organization.id, mediaFileId });
    const settleAny = async () => settle((await anyFile("READY", "RELEASED", "PURGED"))?.id ?? "");
    for (const { id } of await db.mediaFile.findMany({ where: { organizationId: organization.id } })) await settle(id);
    expect(await keysIn(archive())).toHaveLength(2);
    let calm = true;
    // Some calls take longer than others, and meet what came later; of some nobody hears an answer, acted upon or not.
    store.onRequest = async () => {
      if (calm) return undefined;
      for (let turns = Math.floor(random() * 40); turns > 0; turns -= 1) await new Promise(setImmediate);
      return random() < 0.03 ? { kind: pick(["error", "error-after"] as const) ?? "error", status: 403, code: "AccessDenied" } : undefined;
    };
    const acts: (() => Promise<unknown>)[] = [
      async () => exchange((await anyLesson())?.id ?? "", (await anyFile("READY", "RELEASED"))?.id ?? null),
      async () => exchange((await anyLesson())?.id ?? "", null),
      async () => {
        const lesson = await anyLesson();
        if (lesson) await deleteLesson(owner, { courseId: lesson.courseId, lessonId: lesson.id });
      },
      async () => {
        const item = pick(await listDeletedContent(owner, { courseId: courseId() }));
        if (item) await restoreDeleted(owner, { deletedItemId: item.id });
      },
      async () => {
        const [emptying] = await listEmptyings(owner);
        if (emptying) await refillStorage(owner, { deletedItemId: emptying.id });
        else if (random() < 0.3) await emptyStorage(owner, { name: organization.name });
      },
      async () => {
        const file = await anyFile("RELEASED");
        if (!file || random() < 0.5) return;
        await db.mediaFile.updateMany({ where: { id: file.id, state: "RELEASED" }, data: { purgeAfter: new Date(Date.now() - 1000) } });
        await purgeFile(system, { organizationId: organization.id, mediaFileId: file.id });
      },
      () => coolCourse(owner, { courseId: courseId() }),
      () => recallCourse(owner, { courseId: courseId() }),
      settleAny,
      settleAny,
      settleAny,
      settleAny,
      () => drain(),
      () => compare(),
    ];

    for (let round = 0; round < ROUNDS; round += 1) {
      const chosen = Array.from({ length: AT_ONCE }, () => pick(acts));
      if (random() < 0.5) await storedVideo(organization);
      calm = false;
      const results = await Promise.allSettled(chosen.map(async (act) => act?.()));
      calm = true;
      const failures = results.flatMap((result) =>
        result.status === "rejected" && !isAnswer(result.reason) ? [result.reason as unknown] : [],
      );
      expect(failures).toEqual([]);
      const kept = [{ state: "READY" as const }, { state: "RELEASED" as const, purgeAfter: { gt: new Date() } }];
      const files = await db.mediaFile.findMany({ where: { organizationId: organization.id, OR: kept } });
      for (const { fileKey, store: name } of files) expect(await bucketsWith(fileKey)).toContain(name);
      const attached = await db.lesson.findMany({ where: { courseId: { in: courses.map(({ id }) => id) } }, select: { video: true } });
      for (const { video } of attached) expect(video?.state ?? "READY").toBe("READY");
    }

    calm = true;
    for (const { id } of await db.mediaFile.findMany({ where: { organizationId: organization.id, purgeAfter: { lt: new Date() } } }))
      await purgeFile(system, { organizationId: organization.id, mediaFileId: id });
    const all = await db.mediaFile.findMany({ where: { organizationId: organization.id } });
    for (const { id } of all) await settle(id);
    await compare();
    await letTimePass();
    await drain();
    const rows = await db.mediaFile.findMany({ where: { organizationId: organization.id, state: { in: ["READY", "RELEASED"] } } });
    const keysOf = (place: StorePlace | null) =>
      rows.flatMap(({ fileKey, store: name }) => (!place || placeNamed(name) === place ? [fileKey] : [])).toSorted();
    expect(await keysIn(mainPlace)).toEqual(keysOf(mainPlace));
    expect(await keysIn(archive())).toEqual(keysOf(archive()));
    expect(await keysIn(replica)).toEqual(keysOf(null));
    const { used, ledger } = await storageOf(organization.id);
    expect(used).toBe(ledger.used);
    expect(await sweep("REPORT")).toMatchObject({ state: "DONE" });
  },
  60_000,
);
