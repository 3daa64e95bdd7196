import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { tarHeader, tarHeaderBytes } from "@/lib/core/tar";
import { TarLayout } from "@/lib/core/tar-layout";
import { archivePath } from "@/lib/schemas/transfer-archive";

const at = new Date("2026-01-05T10:00:00Z");
const dir = mkdtempSync(join(tmpdir(), "tar-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const long = archivePath({ kind: "VIDEO", id: "0197b2a4-7c1e-4f7a-9d3e-2b6a1c9e8f01", fileName: `${"Kapitel für alle ".repeat(12)}.mp4` });
const members = [
  { path: "sidecar.json", bytes: 3 },
  { path: "media/attachment/0197b2a4/Prüfung \u4e00.pdf", bytes: 512 },
  { path: long, bytes: 1025 },
  { path: `media/video/a/${"x".repeat(87)}`, bytes: 1 },
  { path: "last.txt", bytes: 0 },
];
const contentOf = (index: number) => Buffer.alloc(members[index]?.bytes ?? 0, index + 1);

function read(layout: TarLayout, start: number, end: number): Buffer {
  const pieces = [...layout.piecesOf(start, end)];
  return Buffer.concat(pieces.map((piece) => ("bytes" in piece ? piece.bytes : contentOf(piece.member).subarray(piece.start, piece.end))));
}

describe("an archive", () => {
  const layout = new TarLayout(members, at);
  const whole = read(layout, 0, layout.bytes);

  test("is what the system's tar lists and unpacks", () => {
    const file = join(dir, "archive.tar");
    writeFileSync(file, whole);
    expect(execFileSync("tar", ["-tf", file, "--quoting-style=literal"]).toString().trim().split("\n")).toEqual(
      members.map(({ path }) => path),
    );
    execFileSync("tar", ["-xf", file, "-C", dir]);
    for (const [index, { path }] of members.entries()) expect(readFileSync(join(dir, path)).equals(contentOf(index))).toBe(true);
  });

  test("has the length that its members make, and any range of it is a range of the whole", () => {
    expect(whole.length).toBe(layout.bytes);
    for (const step of [1, 7, 511, 512, 513, 1500]) {
      for (let start = 0; start < layout.bytes; start += step * 3 + 1) {
        const end = Math.min(layout.bytes, start + step);
        expect(read(layout, start, end).equals(whole.subarray(start, end))).toBe(true);
      }
    }
  });

  test("says where each member's content begins", () => {
    for (const [index, { bytes }] of members.entries()) {
      const start = layout.contentAt(index);
      expect(whole.subarray(start, start + bytes).equals(contentOf(index))).toBe(true);
    }
  });
});

describe("a header", () => {
  test("tells sizes of more than 8 GiB, and places what follows behind them", () => {
    const huge = { path: "media/video/a/film.mp4", bytes: 9 * 1024 ** 3 };
    const file = join(dir, "huge.tar");
    writeFileSync(file, tarHeader(huge, at));
    // The content is missing: tar says so after it has listed what the header tells.
    const listed = execFileSync("sh", ["-c", `tar -tvf "${file}" 2>/dev/null || true`]).toString();
    expect(listed).toContain(` ${9 * 1024 ** 3} `);
    const layout = new TarLayout([huge, { path: "b", bytes: 1 }], at);
    expect(layout.contentAt(1)).toBe(tarHeaderBytes(huge) + huge.bytes + 512);
    expect(
      read(layout, layout.contentAt(1) - 512, layout.contentAt(1))
        .subarray(0, 2)
        .toString(),
    ).toBe("b\0");
  });

  test("of 8 GiB less one byte needs no extension, of 8 GiB it does", () => {
    expect(tarHeaderBytes({ path: "a", bytes: 8 * 1024 ** 3 - 1 })).toBe(512);
    expect(tarHeaderBytes({ path: "a", bytes: 8 * 1024 ** 3 })).toBe(1536);
  });
});

test.each([
  ["../../etc/passwd", "passwd"],
  ["..", "file"],
  [".", "file"],
  ["a\u0000b\u202egpj.exe", "abgpj.exe"],
  [`${"é".repeat(200)}.mp4`, `${"é".repeat(98)}.mp4`],
])("a file called %j can't leave its folder, nor break a file system", (fileName, name) => {
  expect(archivePath({ kind: "VIDEO", id: "id", fileName })).toBe(`media/video/id/${name}`);
});
