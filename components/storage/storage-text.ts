import type { MediaKind } from "@/lib/schemas/media";
import type { FileView, LastFileUse } from "@/lib/schemas/storage";

export const kindLabels: Record<MediaKind, { one: string; many: string }> = {
  VIDEO: { one: "Video", many: "Lesson videos" },
  ATTACHMENT: { one: "Download", many: "Downloads" },
  THUMBNAIL: { one: "Thumbnail", many: "Course thumbnails" },
  POSTER: { one: "Poster", many: "Video posters" },
  AVATAR: { one: "Logo", many: "Logos" },
};

type ViewText = { label: string; about: string; emptyTitle: string; empty: string };

export const viewTexts: Record<FileView, ViewText> = {
  largest: {
    label: "Largest",
    about: "Every file of this organization as it was uploaded, the largest first.",
    emptyTitle: "No files yet",
    empty: "Videos, thumbnails and downloads show here once they are uploaded.",
  },
  unwatched: {
    label: "Unwatched",
    about: "Videos in lessons that nobody has watched for 90 days.",
    emptyTitle: "Every video is watched",
    empty: "No lesson video has been without a viewer for 90 days.",
  },
  duplicates: {
    label: "Duplicates",
    about: "Files with the same content, uploaded more than once. Choose one of them in each lesson, and the others go.",
    emptyTitle: "No duplicates",
    empty: "No two files have the same content.",
  },
  unused: {
    label: "Unused",
    about: "Finished uploads that no course or lesson uses. They are released a day after the upload, at the next clean-up.",
    emptyTitle: "Everything is in use",
    empty: "Every file belongs to a course, a lesson or the logo.",
  },
  released: {
    label: "Removed",
    about: "Replaced or removed files. They can be put back until the time shown; then their space is free again.",
    emptyTitle: "No removed files",
    empty: "Files that are replaced or removed wait here before they are deleted.",
  },
};

/** "1 file", "1,204 files". */
export function fileCount(files: number): string {
  return files === 1 ? "1 file" : `${files.toLocaleString("en-GB")} files`;
}

/** The words of a link to where a released file can be put back. */
export function putBackText({ place, label }: LastFileUse): string {
  if (place === "deleted-course") return "Restore its course";
  if (place === "deleted-lesson") return `Restore its lesson in ${label}`;
  return place === "logo" ? "Put back in the settings" : `Put back in ${label}`;
}

/** How much of a limit is taken: "83%", and what is more than nothing never "0%". */
export function fullness(percent: number): string {
  return percent > 0 && percent < 1 ? "<1%" : `${Math.floor(percent)}%`;
}
