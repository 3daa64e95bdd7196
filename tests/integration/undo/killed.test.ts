import { beforeEach, expect, test } from "vitest";
import { headObject } from "@/lib/clients/bucket";
import { HOUR } from "@/lib/core/clock";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { getLesson, saveLesson } from "@/lib/services/lesson-service";
import { cleanupStorage } from "@/lib/services/storage-cleanup-service";
import { createCourse, createLesson, createMember, createOrganization, system } from "../../support/factories";
import { store } from "../../support/local-stack";
import { storageOf } from "../../support/uploads";
import { runScript } from "../storage/move-steps";
import { startAnew, storedFile } from "../storage/sweep-steps";
import { stateOf } from "./built-course";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let author: MemberActor;

beforeEach(async () => {
  await startAnew();
  organization = await createOrganization();
  author = await createMember(organization, "instructor");
});

const ago = (milliseconds: number) => new Date(Date.now() - milliseconds);

/** A lesson whose poster is replaced: the old one, with the two sizes made of it, is released, and its purge is due. */
async function replacePoster() {
  const poster = { kind: "POSTER" } as const;
  const [old, next] = [await storedFile(organization, poster), await storedFile(organization, poster)];
  const sizes = [
    await storedFile(organization, { ...poster, parentId: old.id }),
    await storedFile(organization, { ...poster, parentId: old.id }),
  ];
  const lesson = await createLesson(await createCourse(organization), { posterId: old.id });
  const key = { courseId: lesson.courseId, lessonId: lesson.id };
  await saveLesson(author, { ...key, version: 1, title: lesson.title, body: null, videoId: null, posterId: next.id, attachmentIds: [] });
  await db.mediaFile.update({ where: { id: old.id }, data: { purgeAfter: ago(2 * HOUR) } });
  await db.$executeRaw`UPDATE pgboss.job SET start_after = now() WHERE data->>'mediaFileId' = ${old.id}`;
  return { key, old, next, going: [old, ...sizes] };
}

test.each([
  ["before the store has deleted anything", 1, { kind: "error", status: 500, code: "InternalError" }],
  ["after the last object, before the commit", 3, { kind: "lost-answer" }],
] as const)(
  "a purge that is killed %s is done by the next clean-up, and ends as one that nobody disturbed",
  async (_when, nth, fault) => {
    const { key, old, next, going } = await replacePoster();
    const usage = await storageOf(organization.id);
    const worker = runScript("worker");
    let seen = 0;
    store.onRequest = ({ operation, key: object }) => {
      if (operation !== "DeleteObject" || !going.some(({ fileKey }) => fileKey === object)) return undefined;
      seen += 1;
      if (seen === nth) worker.kill();
      return seen >= nth ? fault : undefined;
    };
    await worker.exited;
    store.onRequest = undefined;
    expect(seen).toBeGreaterThanOrEqual(nth);
    expect([await stateOf(old.id), await storageOf(organization.id)]).toEqual(["RELEASED", usage]);

    expect(await cleanupStorage(system)).toMatchObject({ purged: 1 });

    for (const file of going) expect([await stateOf(file.id), await headObject(file.fileKey)]).toEqual(["PURGED", null]);
    const { used, ledger } = await storageOf(organization.id);
    expect(used).toBe(ledger.used);
    expect(used).toBe(usage.used - going.reduce((sum, { bytes }) => sum + Number(bytes), 0));
    expect(await getLesson(author, key)).toMatchObject({ poster: { id: next.id }, removed: [] });
    expect(await headObject(next.fileKey)).not.toBeNull();
    expect(await cleanupStorage(system)).toMatchObject({ purged: 0 });
  },
  60_000,
);
