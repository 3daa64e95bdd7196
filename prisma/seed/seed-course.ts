import { db } from "@/lib/db";
import { inTransaction } from "@/lib/data/transaction";
import { DAY, fromNow } from "@/lib/core/clock";
import { seedId } from "./seed-id";
import { seedText } from "./rich-text";
import type { SeedCourse } from "./seed-types";

/** Ids of the files of prisma/media in an organization's storage, by name */
export type SeedFiles = ReadonlyMap<string, string>;

export const courseId = (organizationId: string, slug: string) => seedId(organizationId, "course", slug);

/** Adds a course with all that is in it, or leaves it as people have changed it since. @param age days since it was published */
export async function seedCourse(organizationId: string, course: SeedCourse, age: number, files: SeedFiles): Promise<void> {
  const id = courseId(organizationId, course.slug);
  const where = { OR: [{ id }, { organizationId, slug: course.slug }] };
  if (await db.course.findFirst({ where, select: { id: true } })) return;

  const fileId = (name: string) => {
    const found = files.get(name);
    if (!found) throw new Error(`${name} was not put into storage`);
    return found;
  };
  const chapters = course.chapters.map(({ title }, position) => ({
    id: seedId(id, "chapter", `${position}`),
    organizationId,
    courseId: id,
    title,
    position,
  }));
  const lessons = course.chapters.flatMap((chapter, chapterPosition) =>
    chapter.lessons.map((lesson, position) => ({
      id: seedId(id, "lesson", lesson.title),
      organizationId,
      courseId: id,
      chapterId: seedId(id, "chapter", `${chapterPosition}`),
      title: lesson.title,
      position,
      body: seedText(lesson.body),
      videoId: lesson.video ? fileId(lesson.video) : null,
      attachments: (lesson.attachments ?? []).map(fileId),
    })),
  );
  const { slug, title, summary, level, category, status } = course;
  const publishedAt = status === "PUBLISHED" ? fromNow(-age * DAY) : null;
  // Its author looked it over some days later.
  const updatedAt = fromNow(-(age - 5) * DAY);
  const details = { slug, title, summary, level, category, status, publishedAt, updatedAt, createdAt: fromNow(-(age + 3) * DAY) };
  const thumbnailId = fileId(course.thumbnail);
  await inTransaction(async (tx) => {
    await tx.course.create({ data: { id, organizationId, ...details, description: seedText(course.description), thumbnailId } });
    await tx.chapter.createMany({ data: chapters });
    await tx.lesson.createMany({ data: lessons.map(({ attachments: _attachments, ...row }) => row) });
    await tx.lessonAttachment.createMany({
      data: lessons.flatMap(({ id: lessonId, attachments }) =>
        attachments.map((mediaFileId, position) => ({ lessonId, mediaFileId, position })),
      ),
    });
  });
}
