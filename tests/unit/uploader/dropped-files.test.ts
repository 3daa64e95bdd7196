import { expect, test } from "vitest";
import { filesOfDrop, MAX_DROPPED } from "@/components/file-uploader/engine/dropped-files";

/** A folder's content by name: a text is a file, an object a folder, an error what can't be read. */
type Tree = { [name: string]: string | Tree | Error };

/** Chromium gives a folder in portions of 100; here of 2. */
const PORTION = 2;

function entry(name: string, content: string | Tree | Error): FileSystemEntry {
  const shared = { name, fullPath: name, filesystem: { name: "", root: {} as FileSystemDirectoryEntry }, getParent: () => undefined };
  if (typeof content === "string" || content instanceof Error) {
    const file = (found: (file: File) => void, failed?: (error: DOMException) => void) =>
      queueMicrotask(() => {
        if (content instanceof Error) failed?.(new DOMException(content.message, "NotReadableError"));
        else found(new File([content], name));
      });
    return Object.assign({ ...shared, isFile: true, isDirectory: false }, { file });
  }
  const createReader = () => {
    const left = Object.entries(content).map(([below, what]) => entry(below, what));
    return { readEntries: (give: (entries: FileSystemEntry[]) => void) => queueMicrotask(() => give(left.splice(0, PORTION))) };
  };
  return Object.assign({ ...shared, isFile: false, isDirectory: true }, { createReader });
}

/** A drop as browsers give it: empty as soon as its handler has returned. */
function drop(tree: Tree, { entries = true } = {}): { transfer: DataTransfer; end: () => void } {
  const all = Object.entries(tree);
  let over = false;
  const items = all.map(([name, content]) => ({
    kind: "file",
    type: "",
    getAsFile: () => (over ? null : new File([typeof content === "string" ? content : ""], name)),
    ...(entries ? { webkitGetAsEntry: () => (over ? null : entry(name, content)) } : {}),
  }));
  const transfer = { items: [{ kind: "string", type: "text/plain", getAsFile: () => null }, ...items], files: [] };
  return { transfer: transfer as unknown as DataTransfer, end: () => (over = true) };
}

async function namesOf(tree: Tree, options?: { entries: boolean }): Promise<string[]> {
  const { transfer, end } = drop(tree, options);
  const found = filesOfDrop(transfer);
  end();
  return (await found).map(({ name }) => name);
}

test("folders are opened to their ends, and the files come in the order of their paths", async () => {
  const names = await namesOf({
    "week 2": { "b.pdf": "b", "a.pdf": "a", "part 10": { "z.pdf": "z" }, "part 9": { "y.pdf": "y" }, empty: {} },
    "notes.txt": "n",
    "week 1": { "1.pdf": "1", "2.pdf": "2", "3.pdf": "3", "4.pdf": "4", "5.pdf": "5" },
  });
  expect(names).toEqual(["notes.txt", "1.pdf", "2.pdf", "3.pdf", "4.pdf", "5.pdf", "a.pdf", "b.pdf", "y.pdf", "z.pdf"]);
});

test("what systems leave in folders stays out, and what was dropped by itself is taken", async () => {
  const folder = { ".DS_Store": "", "Thumbs.db": "", "desktop.ini": "", ".git": { config: "" }, __MACOSX: { "._a": "" }, "a.pdf": "a" };
  expect(await namesOf({ folder, ".notes.txt": "n" })).toEqual([".notes.txt", "a.pdf"]);
});

test("the bytes of a file in a folder are those of the file", async () => {
  const [file] = await filesOfDrop(drop({ folder: { deep: { "a.txt": "content" } } }).transfer);
  expect(await file?.text()).toBe("content");
});

test("a folder with very many files gives the first of them, and the rest is not opened", async () => {
  const many = Object.fromEntries(Array.from({ length: MAX_DROPPED + 10 }, (_, index) => [`${index}.txt`, "x"]));
  const names = await namesOf({ folder: { a: many, b: { "c.txt": new Error("must not be read") } } });
  expect(names).toHaveLength(MAX_DROPPED);
  expect(names.at(-1)).toBe(`${MAX_DROPPED - 1}.txt`);
});

test("a file of a folder that can't be read is no silent loss", async () => {
  await expect(namesOf({ folder: { "a.txt": new Error("gone") } })).rejects.toMatchObject({ name: "NotReadableError" });
});

test("where a browser knows no folders the plain files are taken", async () => {
  expect(await namesOf({ "b.txt": "b", "a.txt": "a" }, { entries: false })).toEqual(["a.txt", "b.txt"]);
  const files = [new File([], "old.txt")];
  const old = { items: [], files } as unknown as DataTransfer;
  expect(await filesOfDrop(old)).toEqual(files);
});
