import { closeQueue } from "@/lib/clients/queue";
import { DAY, fromNow } from "@/lib/core/clock";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { MediaKind } from "@/lib/schemas/media";
import { openStorageAccount } from "@/lib/services/storage-service";
import { organizations } from "./seed/organizations";
import { seedCourse } from "./seed/seed-course";
import { seedId } from "./seed/seed-id";
import { seedMedia } from "./seed/seed-media";
import { seedPeople } from "./seed/seed-people";
import { seedProgress } from "./seed/seed-progress";
import type { SeedOrganization } from "./seed/seed-types";
import { seedUsage } from "./seed/seed-usage";

/** Days since the organizations were created. */
const AGE = 125;
/** Days between the publications of an organization's courses, so that lists have an order. */
const SPACING = 11;

/** Every file of prisma/media that an organization's courses use. */
function filesOf({ courses }: SeedOrganization): Map<string, MediaKind> {
  const lessons = courses.flatMap(({ chapters }) => chapters.flatMap((chapter) => chapter.lessons));
  return new Map<string, MediaKind>([
    ...courses.map(({ thumbnail }) => [thumbnail, "THUMBNAIL"] as const),
    ...lessons.flatMap(({ video }) => (video ? [[video, "VIDEO"] as const] : [])),
    ...lessons.flatMap(({ attachments = [] }) => attachments.map((name) => [name, "ATTACHMENT"] as const)),
  ]);
}

async function seedOrganization(seed: SeedOrganization, users: Map<string, string>): Promise<void> {
  const { slug, name, accentColor } = seed;
  const id = seedId("organization", slug);
  const storagePrefix = `organizations/${slug}/`;
  await db.organization.createMany({
    data: [{ id, slug, name, accentColor, storagePrefix, createdAt: fromNow(-AGE * DAY) }],
    skipDuplicates: true,
  });
  // Somebody took the slug for an organization of their own, or renamed ours: theirs to keep.
  const organization = await db.organization.findUnique({ where: { id }, select: { id: true, storagePrefix: true } });
  if (!organization) return;
  await openStorageAccount(db, id);
  const members = seed.members.flatMap(({ email, role }, index) => {
    const userId = users.get(email);
    const createdAt = fromNow((index - 59) * DAY);
    return userId ? [{ id: seedId(id, "member", email), organizationId: id, userId, role, createdAt }] : [];
  });
  await db.member.createMany({ data: members, skipDuplicates: true });

  const author = members.find(({ role }) => role === "instructor")?.userId ?? "";
  const files = new Map(
    await Promise.all([...filesOf(seed)].map(async ([file, kind]) => [file, await seedMedia(organization, kind, file, author)] as const)),
  );
  for (const [index, course] of seed.courses.entries()) await seedCourse(id, course, (seed.courses.length - index) * SPACING, files);
  for (const progress of seed.progress) {
    const userId = users.get(progress.email);
    if (userId) await seedProgress(id, userId, progress);
  }
  await seedUsage(id);
}

/** Fills an empty installation with two organizations that can be looked at. Runs again without doubling or undoing anything. */
export async function seed(): Promise<void> {
  if (env.APP_ENV === "production") throw new Error("The demo data is not for production: APP_ENV says production.");
  const users = await seedPeople();
  for (const organization of organizations) await seedOrganization(organization, users);
}

if (process.argv[1]?.endsWith("seed.ts")) {
  await seed();
  await closeQueue();
  await db.$disconnect();
}
