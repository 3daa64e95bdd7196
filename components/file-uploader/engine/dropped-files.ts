/** More are not taken out of folders: somebody dropped the wrong one. */
export const MAX_DROPPED = 200;

/** What systems put into folders by themselves, beside hidden files. */
const litter = new Set(["thumbs.db", "desktop.ini", "__macosx"]);
const isLitter = ({ name }: FileSystemEntry) => name.startsWith(".") || litter.has(name.toLowerCase());

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const byName = new Intl.Collator("en", { numeric: true });

/** Everything in a folder, in order. A reader gives it in portions (Chromium: of 100), and none at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) break;
    all.push(...portion);
  }
  return all.filter((entry) => !isLitter(entry)).sort((a, b) => byName.compare(a.name, b.name));
}

/** The files below a folder by their paths, one after the other: who has enough need not know of the rest. */
async function* filesBelow(folder: FileSystemDirectoryEntry): AsyncGenerator<File> {
  for (const entry of await entriesOf(folder)) {
    if (isFolder(entry)) yield* filesBelow(entry);
    else if (isFile(entry)) yield await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
  }
}

type Dropped = { name: string; content: File | FileSystemDirectoryEntry };

/** Must run while the drop is being handled: afterwards a DataTransfer is empty (HTML, "The DataTransfer interface"). */
function droppedIn({ items, files }: DataTransfer): Dropped[] {
  const dropped: Dropped[] = [];
  for (const item of Array.from(items)) {
    if (item.kind !== "file") continue;
    // Not in every browser.
    const entry = "webkitGetAsEntry" in item ? item.webkitGetAsEntry() : null;
    const content = entry && isFolder(entry) ? entry : item.getAsFile();
    if (content) dropped.push({ name: content.name, content });
  }
  return dropped.length > 0 ? dropped : Array.from(files, (file) => ({ name: file.name, content: file }));
}

/**
 * The files of a drop, those in folders too, by their paths: at most MAX_DROPPED. Hidden files and what systems leave in folders are left out of
 * those; a file that was dropped by itself is always taken.
 *
 * @param transfer of a drop event that is being handled: call it before anything is awaited
 * @throws DOMException when a folder or a file of one can't be read
 */
export async function filesOfDrop(transfer: DataTransfer): Promise<File[]> {
  const dropped = droppedIn(transfer).sort((a, b) => byName.compare(a.name, b.name));
  const found: File[] = [];
  for (const { content } of dropped) {
    if (content instanceof File) found.push(content);
    else for await (const file of filesBelow(content)) if (found.push(file) >= MAX_DROPPED) break;
    if (found.length >= MAX_DROPPED) break;
  }
  return found;
}
