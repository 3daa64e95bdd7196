import type { MediaKind } from "./media";

/** One type that may be uploaded. */
export type MediaType = {
  type: string;
  /** Without the dot; the first one ends the object's key. */
  extensions: readonly [string, ...string[]];
  /** For people: "PDF" */
  label: string;
  /** A file of one family may turn out to be another member of it: a JPEG named .png harms nobody. */
  family: "image" | "video" | "text" | "office" | "pdf" | "zip";
};

const images: MediaType[] = [
  { type: "image/jpeg", extensions: ["jpg", "jpeg"], label: "JPEG", family: "image" },
  { type: "image/png", extensions: ["png"], label: "PNG", family: "image" },
  { type: "image/webp", extensions: ["webp"], label: "WebP", family: "image" },
];

const videos: MediaType[] = [
  { type: "video/mp4", extensions: ["mp4", "m4v"], label: "MP4", family: "video" },
  { type: "video/quicktime", extensions: ["mov", "qt"], label: "MOV", family: "video" },
  { type: "video/webm", extensions: ["webm"], label: "WebM", family: "video" },
];

const office = "application/vnd.openxmlformats-officedocument";
const documents: MediaType[] = [
  { type: "application/pdf", extensions: ["pdf"], label: "PDF", family: "pdf" },
  { type: `${office}.wordprocessingml.document`, extensions: ["docx"], label: "Word", family: "office" },
  { type: `${office}.spreadsheetml.sheet`, extensions: ["xlsx"], label: "Excel", family: "office" },
  { type: `${office}.presentationml.presentation`, extensions: ["pptx"], label: "PowerPoint", family: "office" },
  { type: "application/zip", extensions: ["zip"], label: "ZIP", family: "zip" },
  { type: "text/csv", extensions: ["csv"], label: "CSV", family: "text" },
  { type: "text/plain", extensions: ["txt"], label: "text", family: "text" },
];

/** What each kind of upload may be. SVG and HTML are in none: they can carry scripts. */
export const mediaTypesOf: Record<MediaKind, readonly MediaType[]> = {
  THUMBNAIL: images,
  AVATAR: images,
  POSTER: images,
  VIDEO: videos,
  ATTACHMENT: [...documents, ...images],
};

/** The extension of a file name in small letters without the dot; empty when it has none. */
export function extensionOf(fileName: string): string {
  return /\.([^.\s/\\]{1,16})$/.exec(fileName)?.[1]?.toLowerCase() ?? "";
}

/** The accepted type with this MIME type, or undefined. */
export function findMediaType(kind: MediaKind, contentType: string): MediaType | undefined {
  return mediaTypesOf[kind].find(({ type }) => type === contentType);
}

/**
 * The type that a file's name promises, or undefined when the kind does not take it. Names count rather than what the browser
 * says: that depends on what is installed on the person's machine.
 */
export function mediaTypeOfName(kind: MediaKind, fileName: string): MediaType | undefined {
  const extension = extensionOf(fileName);
  return mediaTypesOf[kind].find(({ extensions }) => extensions.includes(extension));
}

/** The labels of a kind's types for a sentence: "MP4, MOV or WebM". */
export function acceptedLabels(kind: MediaKind): string {
  const labels = mediaTypesOf[kind].map(({ label }) => label);
  return `${labels.slice(0, -1).join(", ")} or ${labels.at(-1) ?? ""}`;
}
