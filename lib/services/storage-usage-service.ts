import "server-only";
import { notFoundError } from "../core/app-error";
import { DAY, fromNow } from "../core/clock";
import { findStorageAccount } from "../data/storage-account";
import { sumColdFiles } from "../data/storage-archive";
import {
  countCourses,
  findPlaces,
  listFiles,
  listCourseSums,
  sumFiles,
  sumKinds,
  sumObjects,
  sumSpareCopies,
  type FileSumRow,
} from "../data/storage-usage";
import { listUsageDays } from "../data/storage-day";
import { env } from "../env";
import { assertCan } from "../policies/access-policy";
import type { MemberActor } from "../policies/actor";
import {
  UNWATCHED_DAYS,
  type FileSum,
  type FileUse,
  type LastFileUse,
  type OrganizationStorageUsage,
  type StorageCost,
  type StorageFile,
  type StorageFiles,
  type StorageFilesInput,
  type StorageLevel,
  type StorageOverview,
  type UsagePoint,
} from "../schemas/storage";

const COURSES = 25;
const FILES = 50;

const scopeOf = (actor: MemberActor) => ({ organizationId: actor.organization.id });
const toSum = ({ files, bytes }: FileSumRow): FileSum => ({ files, bytes: Number(bytes) });
const unwatchedSince = () => fromNow(-UNWATCHED_DAYS * DAY);

/**
 * What lies in the bucket for the organization with this slug: objects, their bytes, and the same in GiB. Read from the ledger with one
 * query, so it is right for any number of objects and asks the store nothing. For code that has checked already who asks.
 *
 * @throws AppError NOT_FOUND
 */
export async function getOrganizationStorageUsage(orgSlug: string): Promise<OrganizationStorageUsage> {
  const sum = await sumObjects(orgSlug);
  if (!sum) throw notFoundError("This organization");
  const bytes = Number(sum.bytes);
  return { bytes, gigabytes: bytes / 1024 ** 3, fileCount: sum.objects };
}

/** What the plan allows and what is taken of it. @throws AppError FORBIDDEN */
export async function getStorageLevel(actor: MemberActor): Promise<StorageLevel> {
  assertCan(actor, "storage.view");
  const account = await findStorageAccount(scopeOf(actor));
  const usedBytes = Number(account?.usedBytes ?? 0);
  const reservedBytes = Number(account?.reservedBytes ?? 0);
  const limitBytes = Number(account?.limitBytes ?? 0);
  return {
    usedBytes,
    reservedBytes,
    limitBytes,
    maxFileBytes: account?.maxFileBytes ? Number(account.maxFileBytes) : null,
    maxFiles: account?.maxFiles ?? null,
    percent: limitBytes > 0 ? ((usedBytes + reservedBytes) / limitBytes) * 100 : 0,
  };
}

const toPoint = ({ day, usedBytes, files }: Awaited<ReturnType<typeof listUsageDays>>[number]): UsagePoint => ({
  day: day.toISOString().slice(0, 10),
  bytes: Number(usedBytes),
  files,
});

/** Cold bytes cost what cold storage costs, where the operator has set that. */
function costOf(bytes: number, coldBytes: number): StorageCost | null {
  const { STORAGE_PRICE_PER_GB_MONTH: pricePerGb, STORAGE_ARCHIVE_PRICE_PER_GB_MONTH: coldPrice, STORAGE_PRICE_CURRENCY: currency } = env;
  if (!pricePerGb) return null;
  const gigabytes = bytes / 1024 ** 3;
  if (coldPrice === undefined || coldBytes === 0) return { amount: gigabytes * pricePerGb, pricePerGb, currency };
  const coldGigabytes = coldBytes / 1024 ** 3;
  return { amount: (gigabytes - coldGigabytes) * pricePerGb + coldGigabytes * coldPrice, pricePerGb, coldPricePerGb: coldPrice, currency };
}

/**
 * Everything that explains what the organization's files take. The number of queries does not depend on how many files there are.
 *
 * @throws AppError FORBIDDEN
 */
export async function getStorageOverview(actor: MemberActor, { page }: { page: number }): Promise<StorageOverview> {
  assertCan(actor, "storage.view");
  const scope = scopeOf(actor);
  const since = unwatchedSince();
  const [level, cold, kinds, courses, courseCount, unwatched, duplicates, unused, released, days] = await Promise.all([
    getStorageLevel(actor),
    sumColdFiles(scope),
    sumKinds(scope),
    listCourseSums(scope, { skip: (page - 1) * COURSES, take: COURSES }),
    countCourses(scope),
    sumFiles(scope, "unwatched", since),
    sumSpareCopies(scope),
    sumFiles(scope, "unused", since),
    sumFiles(scope, "released", since),
    listUsageDays(scope, fromNow(-366 * DAY)),
  ]);
  const total = toSum(
    kinds.reduce((sum, { files, bytes }) => ({ files: sum.files + files, bytes: sum.bytes + bytes }), { files: 0, bytes: 0n }),
  );
  return {
    level,
    total,
    cold: toSum(cold),
    kinds: kinds.map((row) => ({ kind: row.kind, ...toSum(row) })),
    courses: {
      items: courses.map(({ id, title, status, ...sum }) => ({ id, title, status, ...toSum(sum) })),
      total: courseCount,
      page,
      pageSize: COURSES,
    },
    savings: { unwatched: toSum(unwatched), duplicates: toSum(duplicates), unused: toSum(unused), released: toSum(released) },
    growth: [...days.map(toPoint), { day: new Date().toISOString().slice(0, 10), bytes: level.usedBytes, files: total.files }],
    cost: costOf(level.usedBytes, Number(cold.bytes)),
  };
}

type FileRow = Awaited<ReturnType<typeof listFiles>>[number];

const LOGO: FileUse = { label: "Logo", courseId: null, lessonId: null };

function usesOf({ thumbnailOf, videoOf, posterOf, attachedTo, logoOf }: FileRow): FileUse[] {
  const inLessons = [...videoOf, ...posterOf, ...attachedTo.map(({ lesson }) => lesson)].map(({ id, title, course }): FileUse => ({
    label: `${course.title}: ${title}`,
    courseId: course.id,
    lessonId: id,
  }));
  const onCourses = thumbnailOf.map(({ id, title }): FileUse => ({ label: title, courseId: id, lessonId: null }));
  return [...inLessons, ...onCourses, ...logoOf.map(() => LOGO)];
}

type Places = Awaited<ReturnType<typeof findPlaces>>;

/** Where a released file was used last; null when nobody knows, as of an upload that no form ever saved. */
function lastUseOf({ kind, purgeAfter, lastCourseId, lastLessonId }: FileRow, { courses, lessons }: Places): LastFileUse | null {
  if (!purgeAfter) return null;
  if (!lastCourseId) return kind === "AVATAR" ? { ...LOGO, place: "logo" } : null;
  const course = courses.get(lastCourseId);
  const lesson = lastLessonId ? lessons.get(lastLessonId) : undefined;
  if (course === undefined) return { label: "", courseId: null, lessonId: null, place: "deleted-course" };
  const inCourse = { courseId: lastCourseId, lessonId: null };
  if (!lastLessonId) return { ...inCourse, label: course, place: "course" };
  if (lesson === undefined) return { ...inCourse, label: course, place: "deleted-lesson" };
  return { ...inCourse, lessonId: lastLessonId, label: `${course}: ${lesson}`, place: "lesson" };
}

function toFile(row: FileRow, places: Places): StorageFile {
  const { id, fileName, kind, bytes, readyAt, purgeAfter, uploadedBy } = row;
  return {
    id,
    fileName,
    kind,
    bytes: Number(bytes),
    readyAt,
    purgeAfter,
    uploadedBy: uploadedBy && (uploadedBy.name || uploadedBy.email),
    uses: usesOf(row),
    lastUse: lastUseOf(row, places),
  };
}

/** A page of 50 files, the largest first. @throws AppError FORBIDDEN */
export async function listStorageFiles(actor: MemberActor, { view, page }: StorageFilesInput): Promise<StorageFiles> {
  assertCan(actor, "storage.view");
  const since = unwatchedSince();
  const [rows, sum] = await Promise.all([
    listFiles(scopeOf(actor), { view, since, skip: (page - 1) * FILES, take: FILES }),
    sumFiles(scopeOf(actor), view, since),
  ]);
  const places = await findPlaces(scopeOf(actor), {
    courses: rows.flatMap(({ lastCourseId }) => lastCourseId ?? []),
    lessons: rows.flatMap(({ lastLessonId }) => lastLessonId ?? []),
  });
  return { view, items: rows.map((row) => toFile(row, places)), total: sum.files, bytes: Number(sum.bytes), page, pageSize: FILES };
}
