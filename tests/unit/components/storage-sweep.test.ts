import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { StorageSweepTable } from "@/components/platform/storage-sweep-table";
import { StorageFindingTable } from "@/components/platform/storage-finding-table";
import { sweepProgressSchema, type SweepView } from "@/lib/schemas/storage-sweep";

const sweep: SweepView = {
  id: "0197b2a4-7c1e-7f7a-9d3e-2b6a1c9e8f01",
  mode: "DELETE",
  state: "DONE",
  forced: false,
  startedBy: null,
  startedAt: new Date("2026-11-22T04:00:00Z"),
  finishedAt: new Date("2026-11-22T04:01:00Z"),
  error: null,
  progress: sweepProgressSchema.parse({ objects: 41 }),
  sums: [{ kind: "ORPHAN_OBJECT", outcome: "TRASHED", findings: 2, bytes: 2048 }],
};
const table = (change: Partial<SweepView>) => renderToStaticMarkup(createElement(StorageSweepTable, { sweeps: [{ ...sweep, ...change }] }));

test("a sweep's line says what was found and what became of it", () => {
  expect(table({})).toContain("Object without a file, moved to the trash: 2 (2 KB)");
  expect(table({})).toContain(`/platform/admin/storage/${sweep.id}`);
  expect(table({ sums: [] })).toContain("Bucket and database agree.");
  expect(table({ state: "RUNNING", sums: [] })).toContain("41 objects so far");
  expect(table({ state: "STOPPED", error: "Too much would go." })).toContain("Too much would go.");
});

test("without sweeps the first step is named", () => {
  expect(renderToStaticMarkup(createElement(StorageSweepTable, { sweeps: [] }))).toContain("Start one that only reports");
});

test("a finding that nothing was done about yet is only found", () => {
  const finding = { id: "1", kind: "MISSING_OBJECT", fileKey: "a/b.mp4", organizationId: null, mediaFileId: null } as const;
  const findings = [{ ...finding, bytes: 1536, objectModifiedAt: null, outcome: null }];
  const html = renderToStaticMarkup(createElement(StorageFindingTable, { findings, finished: true }));
  expect(html).toContain("File without its object");
  expect(html).toContain("found");
  expect(html).toContain("1.5 KB");
});
