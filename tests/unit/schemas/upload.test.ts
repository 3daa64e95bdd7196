import { describe, expect, test } from "vitest";
import { extensionOf, findMediaType, mediaTypeOfName, mediaTypesOf } from "@/lib/schemas/media-type";
import { mediaKinds } from "@/lib/schemas/media";
import { beginUploadSchema, cleanFileName } from "@/lib/schemas/upload";

describe("a file name", () => {
  test.each([
    ["../../etc/passwd.png", "passwd.png"],
    ["C:\\Users\\me\\talk.mp4", "talk.mp4"],
    ["a\u0000b\r\nc.pdf", "abc.pdf"],
    ["invoice\u202Egnp.exe", "invoicegnp.exe"],
    ["  two   spaces .txt ", "two spaces .txt"],
    ["Präsentation 東京 🎬.mp4", "Präsentation 東京 🎬.mp4"],
    ["e\u0301tude.mp4", "étude.mp4"],
    ["///", "file"],
  ])("%j is shown as %j", (given, shown) => expect(cleanFileName(given)).toBe(shown));

  test("keeps its ending when it is cut to 200 characters", () => {
    const name = cleanFileName(`${"é".repeat(400)}.docx`);
    expect(Array.from(name)).toHaveLength(200);
    expect(name.endsWith("é.docx")).toBe(true);
  });
});

test("no kind takes SVG, HTML or a program, by type or by name", () => {
  for (const kind of mediaKinds) {
    for (const type of ["image/svg+xml", "text/html", "application/xhtml+xml", "application/javascript", "application/x-msdownload"]) {
      expect(findMediaType(kind, type)).toBeUndefined();
    }
    for (const name of ["a.svg", "a.html", "a.js", "a.exe", "a.png.html", "png", ".png/", ""])
      expect(mediaTypeOfName(kind, name)).toBeUndefined();
    for (const { type } of mediaTypesOf[kind]) expect(findMediaType(kind, type)?.type).toBe(type);
  }
});

test("a name promises a type by its ending, in any case", () => {
  expect(mediaTypeOfName("VIDEO", "Talk.MP4")?.type).toBe("video/mp4");
  expect(mediaTypeOfName("VIDEO", "a.tar.mov")?.type).toBe("video/quicktime");
  expect(mediaTypeOfName("THUMBNAIL", "talk.mp4")).toBeUndefined();
  expect(extensionOf("archive")).toBe("");
});

test("a request to upload is refused without a size, with an empty file, an unknown kind, parts that no file has, or a page elsewhere", () => {
  const good = { kind: "VIDEO", fileName: "a/b.mp4", contentType: "Video/MP4", size: 10 };
  expect(beginUploadSchema.parse(good)).toEqual({ kind: "VIDEO", fileName: "b.mp4", contentType: "video/mp4", size: 10, parts: [] });
  const sum = { sha256: `${"A".repeat(43)}=` };
  const parts = (...numbers: number[]) => ({ parts: numbers.map((partNumber) => ({ partNumber, ...sum })) });
  expect(beginUploadSchema.safeParse({ ...good, ...parts(1, 2, 10_000) }).success).toBe(true);
  const wrongParts = [parts(0), parts(10_001), parts(1, 1), parts(1, 2, 3, 4, 5, 6, 7, 8, 9), { parts: [{ partNumber: 1, sha256: "x" }] }];
  const wrongPages = ["https://elsewhere.example/", "//elsewhere.example", "/o/north/admin/../../x", "/o/north/courses"];
  for (const change of [...wrongParts, ...wrongPages.map((href) => ({ destination: { href, label: "Video" } }))]) {
    expect(beginUploadSchema.safeParse({ ...good, ...change }).success).toBe(false);
  }
  for (const change of [{ size: 0 }, { size: -1 }, { size: 1.5 }, { size: "10" }, { size: 2 ** 60 }, { kind: "MOVIE" }, { fileName: "" }]) {
    expect(beginUploadSchema.safeParse({ ...good, ...change }).success).toBe(false);
  }
});
