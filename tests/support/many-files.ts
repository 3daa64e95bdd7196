import { db } from "@/lib/db";

/**
 * Fills an organization with `courses` courses of one chapter and ten lessons each, and `files` videos of 1,000 bytes and more, the
 * first of them in the lessons. Their bytes are counted in its account. For tests of large tenants.
 */
export async function createManyFiles(organizationId: string, { courses, files }: { courses: number; files: number }): Promise<void> {
  const key = organizationId;
  await db.$executeRaw`
    INSERT INTO "MediaFile" (id, "organizationId", "fileKey", kind, "fileName", "declaredType", bytes, state, "readyAt", checksum, "updatedAt")
    SELECT ${key} || '-f' || n, ${key}, ${key} || '/' || n, 'VIDEO', 'file-' || n || '.mp4', 'video/mp4', 1000 + n, 'READY',
      now() - interval '1 day' * (n % 200), 'sum-' || n, now() FROM generate_series(1, ${files}::int) n`;
  await db.$executeRaw`
    INSERT INTO "Course" (id, "organizationId", title, slug, status, "updatedAt")
    SELECT ${key} || '-c' || n, ${key}, 'Course ' || n, 'course-' || n, 'PUBLISHED', now() FROM generate_series(1, ${courses}::int) n`;
  await db.$executeRaw`
    INSERT INTO "Chapter" (id, "organizationId", "courseId", title, position, "updatedAt")
    SELECT id || '-h', ${key}, id, 'Chapter', 0, now() FROM "Course" WHERE "organizationId" = ${key}`;
  await db.$executeRaw`
    INSERT INTO "Lesson" (id, "organizationId", "courseId", "chapterId", title, position, "videoId", "updatedAt")
    SELECT ${key} || '-l' || n, ${key}, ${key} || '-c' || (n % ${courses}::int + 1), ${key} || '-c' || (n % ${courses}::int + 1) || '-h',
      'Lesson ' || n, n, ${key} || '-f' || n, now() FROM generate_series(1, least(${courses}::int * 10, ${files}::int)) n`;
  await db.$executeRaw`
    UPDATE "StorageAccount" SET "usedBytes" = (SELECT coalesce(sum(bytes), 0) FROM "MediaFile" WHERE "organizationId" = ${key}), "limitBytes" = 1099511627776
    WHERE "organizationId" = ${key}`;
}
