import "server-only";
import { inspectImage } from "./inspect-image";
import { inspectVideo } from "./inspect-video";
import { refuse, type ByteSource, type Inspection } from "./inspection";
import { sniff, type Sniffed } from "./sniff";

/** What the uploader promised. */
export type Promised = { fileName: string; type: string; family: "image" | "video" | "text" | "office" | "pdf" | "zip" };

/** First bytes that are looked at; office documents say what they are somewhere in them. */
const HEAD = 64 * 1024;

/** Types that a promise of this family may turn out to be. */
const typesOf: Record<Promised["family"], readonly string[]> = {
  image: ["image/jpeg", "image/png", "image/webp"],
  video: ["video/mp4", "video/quicktime", "video/webm"],
  pdf: ["application/pdf"],
  zip: ["application/zip"],
  office: [],
  text: [],
};

function matches({ type, family }: Promised, found: Sniffed): boolean {
  if (family === "text") return found.text;
  // A document whose own type lies deeper than the head looks like the archive that it is.
  if (family === "office") return found.type === type || found.type === "application/zip";
  return found.type !== null && typesOf[family].includes(found.type);
}

function namedAs(fileName: string): string {
  const ending = /\.[^.\s]{1,16}$/.exec(fileName)?.[0];
  return ending ? `is named ${ending.toLowerCase()}` : "has no ending";
}

/**
 * Compares a file's contents with what its uploader promised. What `source` throws passes through; every defect of the file is a
 * refusal with a sentence.
 */
export async function inspectFile(source: ByteSource, promised: Promised): Promise<Inspection> {
  const head = await source.read(0, Math.min(HEAD, source.size));
  const found = await sniff(head, head.length === source.size);
  if (!matches(promised, found)) {
    if (found.type === "video/matroska" && promised.family === "video") return inspectVideo(source, found.type);
    return refuse(
      "CONTENT_DIFFERS",
      `This file ${namedAs(promised.fileName)} but contains ${found.label}. Choose a file of the right kind.`,
    );
  }
  const verifiedType = found.type ?? promised.type;
  if (promised.family === "image") return inspectImage(source, verifiedType);
  if (promised.family === "video") return inspectVideo(source, verifiedType);
  return { ok: true, verifiedType: promised.family === "office" ? promised.type : verifiedType };
}
