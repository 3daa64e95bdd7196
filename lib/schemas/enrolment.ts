import { z } from "zod";
import { idSchema } from "../core/id";

export const enrolSchema = z.object({ courseId: idSchema });

/** Columns by which an admin may order a course's learners. */
export const learnerSorts = ["active", "name", "percent", "enrolled"] as const;
export type LearnerSort = (typeof learnerSorts)[number];

export const LEARNERS_PER_PAGE = 25;

const page = z.coerce.number().int().min(1).max(10_000).catch(1);
const words = z.string().trim().max(100).catch("");

/** Search parameters of a course's list of learners. What makes no sense falls back to the first page, newest activity first. */
export const learnerListSchema = z.object({
  q: words.default(""),
  sort: z.enum(learnerSorts).catch("active").default("active"),
  order: z.enum(["asc", "desc"]).catch("desc").default("desc"),
  page: page.default(1),
});
export type LearnerListInput = z.infer<typeof learnerListSchema>;

/** One person's standing in a course. */
export type CourseLearner = {
  enrolmentId: string;
  name: string;
  email: string;
  /** False when the person has left the organization since; their progress is kept. */
  member: boolean;
  done: number;
  total: number;
  percent: number;
  lastActiveAt: Date;
  completedAt: Date | null;
  enrolledAt: Date;
};
export type CourseLearnerList = { course: { id: string; title: string; slug: string }; learners: CourseLearner[]; total: number };
