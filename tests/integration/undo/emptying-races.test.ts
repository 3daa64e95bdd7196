import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db";
import type { MemberActor } from "@/lib/policies/actor";
import { restoreDeleted } from "@/lib/services/deleted-content-service";
import { deleteLesson } from "@/lib/services/lesson-service";
import { emptyStorage, refillStorage } from "@/lib/services/storage-emptying-service";
import { createLesson, createMediaFile, createMember, createOrganization } from "../../support/factories";
import { databaseUrl } from "../../support/local-stack";
import { buildCourse, stateOf } from "./built-course";

let organization: Awaited<ReturnType<typeof createOrganization>>;
let owner: MemberActor;
let built: Awaited<ReturnType<typeof buildCourse>>;
/** Somebody else's session, whose locks are held until its transaction ends. */
let other: Client;

beforeEach(async () => {
  organization = await createOrganization();
  owner = await createMember(organization, "owner");
  built = await buildCourse(organization);
  other = new Client({ connectionString: databaseUrl });
  await other.connect();
});

afterEach(() => other.end());

/** Resolves as soon as a session waits for a lock. */
async function somebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await other.query("SELECT 1 FROM pg_locks WHERE NOT granted");
    if (rows.length > 0) return;
  }
}

test("a lesson that is filled while an emptying runs keeps what the emptying has not kept", async () => {
  const video = await createMediaFile(organization);
  const sheet = await createMediaFile(organization, { kind: "ATTACHMENT" });
  // The emptying waits for this lock between two of its statements.
  await other.query(`CREATE FUNCTION wait_here() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END'`);
  await other.query(`CREATE TRIGGER wait_here AFTER INSERT ON "DeletedRow" FOR EACH STATEMENT EXECUTE FUNCTION wait_here()`);
  await other.query("SELECT pg_advisory_lock(4711)");
  const emptying = emptyStorage(owner, { name: organization.name });
  await somebodyWaits();
  const lesson = await createLesson(built.course, { videoId: video.id });
  await db.lessonAttachment.create({ data: { lessonId: lesson.id, mediaFileId: sheet.id, position: 0 } });
  await other.query("SELECT pg_advisory_unlock(4711)");
  const { deletedItemId } = await emptying;
  await other.query("DROP FUNCTION wait_here CASCADE");
  await refillStorage(owner, { deletedItemId });
  expect(await db.lesson.findUniqueOrThrow({ where: { id: lesson.id }, include: { attachments: true } })).toMatchObject({
    videoId: video.id,
    attachments: [{ mediaFileId: sheet.id }],
  });
  expect([await stateOf(video.id), await stateOf(sheet.id)]).toEqual(["READY", "READY"]);
});

const lessonKey = () => ({ courseId: built.course.id, lessonId: built.lesson.id });

test.each([
  [
    "an emptying",
    async () => {
      const { deletedItemId } = await emptyStorage(owner, { name: organization.name });
      return { id: built.lesson.id, back: () => refillStorage(owner, { deletedItemId }) };
    },
  ],
  [
    "a lesson's deletion",
    async () => {
      const { deletedItemId } = (await deleteLesson(owner, lessonKey())).deleted;
      return { id: built.lessons[1]?.id, back: () => restoreDeleted(owner, { deletedItemId }) };
    },
  ],
])("taking back %s waits for the save of a lesson that takes the same file, and neither is undone", async (_what, prepare) => {
  const { id, back } = await prepare();
  await other.query("BEGIN");
  // As a save does: the lesson's row, then the file.
  await other.query(`UPDATE "Lesson" SET version = version + 1 WHERE id = $1`, [id]);
  const restoring = back();
  await somebodyWaits();
  await other.query(`SELECT 1 FROM "MediaFile" WHERE id = $1 FOR UPDATE`, [built.files.video.id]);
  await other.query("COMMIT");
  await restoring;
  expect(await stateOf(built.files.video.id)).toBe("READY");
});
