import type { Role } from "@/lib/policies/permission";

export type SeedLesson = {
  title: string;
  /** In the small notation of seed/rich-text.ts */
  body: string;
  /** File of prisma/media */
  video?: string;
  attachments?: string[];
};

export type SeedCourse = {
  slug: string;
  title: string;
  summary: string;
  description: string;
  level: "BEGINNER" | "INTERMEDIATE" | "ADVANCED";
  category: string;
  status: "DRAFT" | "PUBLISHED";
  /** File of prisma/media */
  thumbnail: string;
  chapters: { title: string; lessons: SeedLesson[] }[];
};

/** How far a person has come: the first `done` lessons, and how much of the next one's video. */
export type SeedProgress = { email: string; course: string; done: number; watchedShare?: number; daysAgo: number };

export type SeedOrganization = {
  slug: string;
  name: string;
  accentColor: string;
  members: { email: string; role: Role }[];
  courses: SeedCourse[];
  progress: SeedProgress[];
};
