import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createTransfer } from "@/components/file-uploader/engine/transfer";
import { db } from "@/lib/db";
import { MIN_PART_BYTES } from "@/lib/core/part-plan";
import { signIn } from "../../support/call-route";
import { createMember, createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { createEngineDoors } from "./engine-doors";
import { MadeFile, videoBlob } from "./made-file";

vi.mock("next/headers", () => import("../../support/next-headers"));

let organization: Awaited<ReturnType<typeof createOrganization>>;
let cookie: string;

beforeAll(async () => {
  organization = await createOrganization();
});

beforeEach(async () => {
  cookie = await signIn((await createMember(organization, "instructor")).userId);
  store.traffic.reset();
});

function start(size: number) {
  const file = new MadeFile(videoBlob(size));
  const { doors, watch } = createEngineDoors({ org: organization.slug, cookie: () => cookie });
  const seen: { phase: string; sent: number }[] = [];
  const transfer = createTransfer({
    ...doors,
    file,
    kind: "VIDEO",
    contentType: "video/mp4",
    onChange: ({ phase, sent }) => seen.push({ phase: phase.name, sent }),
  });
  return { transfer, watch, seen };
}

test("a large file arrives whole: four parts at a time, a sign call for eight parts, at most five parts in memory", async () => {
  const size = 11 * MIN_PART_BYTES + 5;
  const { transfer, watch, seen } = start(size);
  const media = await transfer.run();
  expect(media).toMatchObject({ kind: "VIDEO", bytes: size, fileName: "talk.mp4", durationMs: 3000 });
  expect(watch.calls).toEqual({ upload: 1, sign: 1, complete: 1 });
  expect(watch.mostSending).toBe(4);
  expect(watch.mostBytes).toBeLessThanOrEqual(5 * MIN_PART_BYTES);
  expect(store.traffic.of("UploadPart")).toMatchObject({ requests: 12, failures: 0, bytesIn: size });
  const sent = seen.map((view) => view.sent);
  expect(sent).toEqual(sent.toSorted((left, right) => left - right));
  expect(sent.at(-1)).toBe(size);
  expect([...new Set(seen.map(({ phase }) => phase))]).toEqual(["preparing", "sending", "checking"]);
  const row = await db.mediaFile.findUniqueOrThrow({ where: { id: media.id } });
  expect(row).toMatchObject({ state: "READY", fingerprint: await transfer.fingerprint() });
});

test("a file of one part goes by one PUT, one byte more by two parts", async () => {
  const small = start(MIN_PART_BYTES);
  expect((await small.transfer.run()).bytes).toBe(MIN_PART_BYTES);
  expect(small.watch.calls).toEqual({ upload: 1, complete: 1 });
  expect(store.traffic.of("PutObject")).toMatchObject({ requests: 1, failures: 0, bytesIn: MIN_PART_BYTES });
  expect(store.traffic.of("CreateMultipartUpload").requests).toBe(0);
  const large = start(MIN_PART_BYTES + 1);
  expect((await large.transfer.run()).bytes).toBe(MIN_PART_BYTES + 1);
  expect(store.traffic.of("UploadPart")).toMatchObject({ requests: 2, failures: 0 });
});
