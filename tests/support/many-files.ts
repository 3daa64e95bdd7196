type Execute = (sql: string, values: unknown[]) => Promise<unknown>;

/**
 * Fills an organization with `courses` courses of one chapter and ten lessons each, and `files` videos of 1,000 bytes and more, the
 * first of them in the lessons. Their bytes are counted in its account. For tests of large tenants; `execute` runs SQL.
 */
export async function createManyFiles(
  execute: Execute,
  organizationId: string,
  { courses, files }: { courses: number; files: number },
): Promise<void> {
  await execute(
    `INSERT INTO "MediaFile" (id, "organizationId", "fileKey", kind, "fileName", "declaredType", bytes, state, "readyAt", checksum, "updatedAt")
     SELECT $1 || '-f' || n, $1, $1 || '/' || n, 'VIDEO', 'file-' || n || '.mp4', 'video/mp4', 1000 + n, 'READY',
       now() - interval '1 day' * (n % 200), 'sum-' || n, now() FROM generate_series(1, $2::int) n`,
    [organizationId, files],
  );
  await execute(
    `INSERT INTO "Course" (id, "organizationId", title, slug, status, "updatedAt")
     SELECT $1 || '-c' || n, $1, 'Course ' || n, 'course-' || n, 'PUBLISHED', now() FROM generate_series(1, $2::int) n`,
    [organizationId, courses],
  );
  await execute(
    `INSERT INTO "Chapter" (id, "organizationId", "courseId", title, position, "updatedAt")
     SELECT id || '-h', $1, id, 'Chapter', 0, now() FROM "Course" WHERE "organizationId" = $1`,
    [organizationId],
  );
  await execute(
    `INSERT INTO "Lesson" (id, "organizationId", "courseId", "chapterId", title, position, "videoId", "updatedAt")
     SELECT $1 || '-l' || n, $1, $1 || '-c' || (n % $2::int + 1), $1 || '-c' || (n % $2::int + 1) || '-h', 'Lesson ' || n, n,
       $1 || '-f' || n, now() FROM generate_series(1, least($2::int * 10, $3::int)) n`,
    [organizationId, courses, files],
  );
  await execute(
    `UPDATE "StorageAccount" SET "limitBytes" = 1099511627776,
       "usedBytes" = (SELECT coalesce(sum(bytes), 0) FROM "MediaFile" WHERE "organizationId" = $1) WHERE "organizationId" = $1`,
    [organizationId],
  );
}
