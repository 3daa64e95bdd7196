import { z } from "zod";
import { pageNumberSchema, type Page } from "../core/page";
import type { CourseStatus } from "./course";
import type { MediaKind } from "./media";

/** Days without a viewer after which a video counts as unwatched. */
export const UNWATCHED_DAYS = 90;

/** Shares of the limit, in percent, that people are warned at; ascending. */
export const WARNING_LEVELS = [80, 95] as const;

/** Ways of looking at the files of an organization. */
export const fileViews = ["largest", "unwatched", "duplicates", "unused", "released"] as const;
export type FileView = (typeof fileViews)[number];

/** Search parameters of the storage pages: what can't be read is the first page, or the largest files. */
export const storageOverviewSchema = z.object({ page: pageNumberSchema });
export const storageFilesSchema = z.object({ view: z.enum(fileViews).catch("largest"), page: pageNumberSchema });
export type StorageFilesInput = z.output<typeof storageFilesSchema>;

/** Finished files and their bytes; the sizes made of a picture add bytes, not files. */
export type FileSum = { files: number; bytes: number };

export type KindUsage = FileSum & { kind: MediaKind };
export type CourseUsage = FileSum & { id: string; title: string; status: CourseStatus };

/** What an organization's plan allows and what it takes, in bytes; `percent` is of the limit, uploads under way included. */
export type StorageLevel = {
  usedBytes: number;
  reservedBytes: number;
  limitBytes: number;
  maxFileBytes: number | null;
  maxFiles: number | null;
  percent: number;
};

/** What was taken at the end of a day (UTC, `2026-11-22`), or by now. */
export type UsagePoint = { day: string; bytes: number; files: number };

/** About what the files cost a month. `currency` is written as the operator set it. */
export type StorageCost = {
  amount: number;
  pricePerGb: number;
  /** Where files are in cold storage and that has a price of its own */
  coldPricePerGb?: number;
  currency: string;
};

export type StorageOverview = {
  level: StorageLevel;
  total: FileSum;
  /** Of these, in cold storage or on their way there or back */
  cold: FileSum;
  kinds: KindUsage[];
  courses: Page<CourseUsage>;
  /** What could go: copies beyond the first, videos that nobody watches, files that nothing uses, and those on their way out */
  savings: Record<Exclude<FileView, "largest">, FileSum>;
  /** A year of days and now, in their order */
  growth: UsagePoint[];
  /** Null where no price is set */
  cost: StorageCost | null;
};

/** Where a file is used: a lesson, a course, or the organization's logo where both are null. */
export type FileUse = { label: string; courseId: string | null; lessonId: string | null };

/** `lesson`, `course` and `logo` can take the file back; what was deleted is restored with its files. */
export type LastFileUse = FileUse & { place: "lesson" | "course" | "logo" | "deleted-lesson" | "deleted-course" };

export type StorageFile = {
  id: string;
  fileName: string;
  kind: MediaKind;
  bytes: number;
  readyAt: Date | null;
  /** End of the undo window of a released file */
  purgeAfter: Date | null;
  uploadedBy: string | null;
  uses: FileUse[];
  /** Of a released file: where it was used last, and can be put back */
  lastUse: LastFileUse | null;
};

export type StorageFiles = Page<StorageFile> & { view: FileView; bytes: number };

/** What `getOrganizationStorageUsage` gives: every object in the bucket that the ledger knows for the organization. */
export type OrganizationStorageUsage = { bytes: number; gigabytes: number; fileCount: number };
