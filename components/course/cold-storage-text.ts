import { formatBytes } from "@/lib/core/bytes";
import type { ColdStorage, ColdSum, ColdVideo } from "@/lib/schemas/storage-archive";

/** Whether a course's page has anything to say of cold storage. */
export function hasColdStorage({ status, videos, sums }: ColdStorage): boolean {
  return videos.length > 0 && (status === "ARCHIVED" || sums.leaving.files + sums.cold.files + sums.returning.files > 0);
}

/** "1 video, 2.1 GB". */
export function videoSum({ files, bytes }: ColdSum): string {
  return `${videoCount(files)}, ${formatBytes(bytes)}`;
}

/** "1 video", "12 videos". */
export function videoCount(files: number): string {
  return files === 1 ? "1 video" : `${files.toLocaleString("en-GB")} videos`;
}

const hours = (count: number) => (count === 1 ? "about an hour" : `up to ${count} hours`);

/** What learners notice of it, before anybody decides. */
export function whatLearnersNotice({ way }: Pick<ColdStorage, "way">): string {
  const kept = "Texts, downloads, progress and certificates stay as they are.";
  if (!way?.frozen) return `Learners notice nothing: the videos keep playing. ${kept}`;
  return `Learners who keep this course can't play these videos until you bring them back, which takes ${hours(way.restoreHours)}. ${kept}`;
}

/** What a month costs less. */
export function savingSentence({ saving: { money } }: ColdStorage): string | null {
  if (!money) return null;
  if (money.amount < 0.01) return `That saves less than 0.01 ${money.currency} a month.`;
  return `That saves about ${money.amount.toFixed(2)} ${money.currency} a month.`;
}

export const videoTierLabels: Record<ColdVideo["tier"], { label: string; tone: "neutral" | "positive" | "warning" | "accent" }> = {
  "at-hand": { label: "At hand", tone: "positive" },
  leaving: { label: "Moving", tone: "warning" },
  cold: { label: "In cold storage", tone: "accent" },
  returning: { label: "Coming back", tone: "warning" },
};
