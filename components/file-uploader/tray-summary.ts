import { isUnderWay, type UploadItem } from "./engine/upload-item";
import { formatTimeLeft } from "./engine/transfer-rate";
import { percentText } from "./upload-text";

export type TraySummary = {
  /** "2 uploads · 61 % · about 4 minutes left" */
  text: string;
  /** Bytes; null when nothing is on its way */
  progress: { sent: number; size: number } | null;
  /** Something is on its way that can be paused */
  canPause: boolean;
  /** Nothing is on its way, and something is paused */
  canResume: boolean;
};

const sum = (items: readonly UploadItem[], amount: (item: UploadItem) => number) => items.reduce((total, item) => total + amount(item), 0);
const count = (number: number, one: string, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

/** All uploads in a line. A large file counts for more than a small one: progress is that of bytes. */
export function summarise(items: readonly UploadItem[]): TraySummary {
  const named = (name: UploadItem["status"]["name"]) => items.filter(({ status }) => status.name === name);
  const underWay = items.filter(isUnderWay);
  const paused = named("paused");
  const moving = [...underWay, ...paused];
  const sent = sum(moving, (item) => item.sent);
  const size = sum(moving, (item) => item.size);
  const wantsPerson = named("failed").length + named("mismatch").length;
  const parts: string[] = [];

  if (underWay.length > 0) {
    const rate = sum(underWay, (item) => item.bytesPerSecond ?? 0);
    const left = sum(underWay, (item) => item.size - item.sent);
    parts.push(count(underWay.length, "upload"), percentText(sent, size));
    if (rate > 0 && left > 0) parts.push(formatTimeLeft(Math.ceil(left / rate)));
  } else if (paused.length > 0) {
    parts.push(`${count(paused.length, "upload")} paused`, percentText(sent, size));
  }
  if (wantsPerson > 0) parts.push(`${wantsPerson} ${wantsPerson === 1 ? "needs" : "need"} attention`);
  if (parts.length === 0) {
    const [unfinished, done] = [named("unfinished").length, named("done").length];
    if (unfinished > 0) parts.push(count(unfinished, "unfinished upload"));
    if (done > 0) parts.push(`${count(done, "file")} uploaded`);
  }
  return {
    text: parts.join(" · "),
    progress: moving.length > 0 ? { sent, size } : null,
    canPause: underWay.some(({ status }) => status.name !== "checking"),
    canResume: underWay.length === 0 && paused.length > 0,
  };
}

/**
 * What the tray shows on a page: everything on its way, then what waits for its person elsewhere. On the page that an upload is meant
 * for, its field has the questions and the results.
 */
export function trayItems(items: readonly UploadItem[], pathname: string): UploadItem[] {
  const moves = (item: UploadItem) => isUnderWay(item) || item.status.name === "paused";
  const elsewhere = items.filter((item) => !moves(item) && item.destination?.href !== pathname);
  return [...items.filter(moves), ...elsewhere];
}
