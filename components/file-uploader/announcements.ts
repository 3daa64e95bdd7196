import { isUnderWay, type UploadItem } from "./engine/upload-item";

/** What was said last of each upload, by its id. */
export type Said = ReadonlyMap<string, string>;

const quarterOf = ({ sent, size }: UploadItem) => (size > 0 ? Math.min(75, Math.floor((sent / size) * 4) * 25) : 0);

/** Where an upload is, as coarse as it is worth a word: a file of many hours is four words and an end. */
function markOf(item: UploadItem): string {
  const { status } = item;
  if (status.name === "sending") return `sending ${quarterOf(item)}`;
  if (status.name === "waiting") return status.reason === "offline" ? "offline" : "begun";
  return status.name === "preparing" ? "begun" : status.name;
}

function sentenceOf(item: UploadItem, before: string | undefined): string {
  const { status, fileName } = item;
  switch (status.name) {
    case "preparing":
      return before ? "" : `Uploading ${fileName}.`;
    case "waiting":
      if (status.reason === "offline") return `No connection. ${fileName} goes on when it is back.`;
      return before ? "" : `Uploading ${fileName}.`;
    case "sending": {
      if (!before) return `Uploading ${fileName}.`;
      const quarter = quarterOf(item);
      return quarter > 0 ? `${quarter} percent of ${fileName} sent.` : "";
    }
    case "paused":
      return `${fileName} is paused.`;
    case "checking":
      return `${fileName} was sent and is being checked.`;
    case "done":
      return `${fileName} is uploaded.`;
    case "failed":
      return `${fileName} was not uploaded. ${status.message}`;
    case "mismatch":
      return `${status.chosenName} is not the file that the upload of ${fileName} began with. Choose how to go on.`;
    case "unfinished":
      return "";
  }
}

/** More sentences of a kind than these become one. */
const A_FEW = 2;

const together: Record<string, (count: number) => string> = {
  begun: (count) => `Uploading ${count} files.`,
  offline: (count) => `No connection. ${count} uploads go on when it is back.`,
  paused: (count) => `${count} uploads are paused.`,
  checking: (count) => `${count} files were sent and are being checked.`,
  done: (count) => `${count} files are uploaded.`,
};

/**
 * What a screen reader is to hear now: a sentence for every upload that went on to something new, and one for all of them where more than
 * two did the same. Uploads that are listed from earlier days say nothing.
 */
export function announce(said: Said, items: readonly UploadItem[]): { said: Said; text: string } {
  const next = new Map<string, string>();
  const news = new Map<string, string[]>();
  for (const item of items) {
    const before = said.get(item.id);
    const mark = markOf(item);
    next.set(item.id, mark);
    const isNews = before === undefined ? isUnderWay(item) || item.status.name === "failed" : before !== mark;
    const sentence = isNews ? sentenceOf(item, before) : "";
    const kind = before === undefined && mark.startsWith("sending") ? "begun" : mark;
    if (sentence) news.set(kind, [...(news.get(kind) ?? []), sentence]);
  }
  const texts = Array.from(news, ([kind, sentences]) => {
    const inOne = together[kind];
    return inOne && sentences.length > A_FEW ? inOne(sentences.length) : sentences.join(" ");
  });
  return { said: next, text: texts.join(" ") };
}
