import type { VideoTier } from "../policies/media-tier-policy";
import type { CourseStatus } from "./course";

/** Why a video could not be moved the last time; it is tried again. */
export const tierFailures = {
  TIER_OBJECT_GONE: "Its object is not in storage. Ask the platform's staff.",
  TIER_OTHER_OBJECT: "What lies in storage is not the file that was uploaded, so it was left alone. Ask the platform's staff.",
  TIER_COPY_DIFFERS: "The copy was not the same as the original, so the original was kept. It is tried again.",
  TIER_UNREACHABLE: "Storage did not answer. It is tried again.",
} as const;
export type TierFailureCode = keyof typeof tierFailures;

export type ColdVideo = {
  id: string;
  fileName: string;
  /** The first lesson that shows it */
  lesson: string;
  bytes: number;
  tier: VideoTier;
  /** Its object can't be read now */
  frozen: boolean;
  /** The store was asked to make it readable again */
  asked: boolean;
  /** When the store said that it would be; null before it was asked, and when that time has passed */
  readyAt: Date | null;
  failure: TierFailureCode | null;
  /** A course that uses it too, because of which it stays at hand */
  heldBy: string | null;
};

export type ColdSum = { files: number; bytes: number };

/** What a course's page says of its videos and cold storage. */
export type ColdStorage = {
  courseId: string;
  status: CourseStatus;
  /** Since when its videos are wanted cold; null: at hand */
  coldSince: Date | null;
  /** How this installation keeps them; null when no cold storage is set up */
  way: { frozen: boolean; restoreHours: number } | null;
  videos: ColdVideo[];
  sums: Record<VideoTier, ColdSum>;
  /** When the last video should be readable again; null when none is waited for, or it is not known yet */
  readyAt: Date | null;
  /** What goes, or has gone, to cold storage, and what that saves in a month; `money` is null where no prices are set */
  saving: ColdSum & { money: { amount: number; currency: string } | null };
};
