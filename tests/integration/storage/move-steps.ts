import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { deleteObjects, headObject, listBegunUploads, listObjects } from "@/lib/clients/bucket";
import { abortMultipartUpload, completeMultipartUpload, createMultipartUpload, uploadPart } from "@/lib/clients/multipart-store";
import { findObject, putObject, readObject } from "@/lib/clients/object-store";
import { otherPlace, placeNamed, type StorePlace } from "@/lib/clients/store-place";
import { HOUR } from "@/lib/core/clock";
import { variantKey } from "@/lib/core/object-key";
import { db } from "@/lib/db";
import type { MoveLine } from "@/lib/schemas/storage-move";
import type { MoveOptions } from "@/lib/services/storage-move-service";
import type { Prisma } from "@/prisma/generated/client";
import type { SeenRequest } from "../../../scripts/local/object-store/fault.ts";
import { createMediaFile, type createOrganization } from "../../support/factories";
import { store } from "../../support/local-stack";
import { sha256Of } from "../../support/uploads";
import { startAnew } from "./sweep-steps";

type Organization = Awaited<ReturnType<typeof createOrganization>>;

/** S3's smallest part, for objects of several. */
export const PART = 5 * 1024 ** 2;

if (!otherPlace) throw new Error("The tests' settings have another bucket.");
export const other: StorePlace = otherPlace;

async function empty(place: StorePlace): Promise<void> {
  for (let more = true; more;) {
    const page = await listObjects(null, place);
    await deleteObjects(
      page.objects.map(({ key }) => key),
      place,
    );
    more = page.more;
  }
  for (const { key, multipartId } of (await listBegunUploads(null, place)).uploads) await abortMultipartUpload(key, multipartId, place);
}

/** Empty buckets and ledger, and no move that was ever made. */
export async function startMoves(): Promise<void> {
  await startAnew();
  await empty(other);
  await db.storageMove.deleteMany();
}

/** A file of one PUT, with what the ledger knows of one that was uploaded. */
export async function wholeFile(organization: Organization, data: Partial<Prisma.MediaFileUncheckedCreateInput> = {}) {
  const body = randomBytes(2_000);
  const file = await createMediaFile(organization, { bytes: BigInt(body.length), checksum: sha256Of(body), ...data });
  await putObject(file.fileKey, body, { contentType: "video/mp4", sha256: sha256Of(body) }, placeNamed(file.store));
  return file;
}

/** A file of three parts. */
export async function largeFile(organization: Organization) {
  const parts = [randomBytes(PART), randomBytes(PART), randomBytes(1_000)];
  const file = await createMediaFile(organization, { bytes: BigInt(2 * PART + 1_000), partSize: PART });
  const multipartId = await createMultipartUpload(file.fileKey, { contentType: "video/mp4" });
  const stored = await Promise.all(
    parts.map((body, index) => uploadPart({ key: file.fileKey, multipartId, partNumber: index + 1, body, sha256: sha256Of(body) })),
  );
  await completeMultipartUpload(file.fileKey, multipartId, stored);
  const object = await findObject(file.fileKey);
  return db.mediaFile.update({ where: { id: file.id }, data: { etag: object?.etag, checksum: object?.sha256 } });
}

/** A picture and two of its sizes, of which the ledger knows no sum. */
export async function pictureFile(organization: Organization) {
  const picture = await wholeFile(organization, {
    kind: "THUMBNAIL",
    fileKey: `${organization.storagePrefix}private/thumbnail/${crypto.randomUUID()}.png`,
  });
  for (const width of [320, 640]) {
    const fileKey = variantKey(picture.fileKey, { access: "public", width });
    await wholeFile(organization, { kind: "THUMBNAIL", fileKey, parentId: picture.id, checksum: null, width, height: width });
  }
  return picture;
}

/** A move's options, with the lines of its report. */
export function reporting(): { options: MoveOptions; outcomes: () => Record<string, string> } {
  const lines: MoveLine[] = [];
  return {
    options: { report: (line) => lines.push(line) },
    outcomes: () => Object.fromEntries(lines.map(({ fileKey, outcome }) => [fileKey, outcome])),
  };
}

/** Every key of a bucket. */
export async function keysIn(place: StorePlace): Promise<string[]> {
  return (await listObjects(null, place)).objects.map(({ key }) => key);
}

/** Finished files whose object is not where their row says, whole and with its sum. */
export async function unreadable(): Promise<string[]> {
  const files = await db.mediaFile.findMany({ where: { state: { in: ["READY", "RELEASED"] } } });
  const wrong = await Promise.all(
    files.map(async ({ fileKey, store, bytes, checksum, partSize }) => {
      const place = placeNamed(store);
      if (Number((await headObject(fileKey, place))?.bytes) !== Number(bytes)) return fileKey;
      if (!checksum || partSize) return null;
      return sha256Of(await readObject(fileKey, { start: 0, end: Number(bytes) }, place)) === checksum ? null : fileKey;
    }),
  );
  return wrong.flatMap((key) => key ?? []);
}

/** A command line as a person runs it, with this file's database and buckets. */
export function runScript(program: string, ...options: string[]) {
  const node = ["--disable-warning=ExperimentalWarning", "--import", "./scripts/support/server-runtime.mjs"];
  const child = spawn("node_modules/.bin/tsx", [...node, `scripts/${program}.ts`, ...options], {
    env: { ...process.env, LOG_LEVEL: "silent", PATH: `${process.cwd()}/node_modules/.bin:${process.env.PATH ?? ""}` },
    // A group of its own: tsx is a process above the one that works.
    detached: true,
  });
  const output = { out: "", err: "" };
  child.stdout.on("data", (text: Buffer) => (output.out += text.toString()));
  child.stderr.on("data", (text: Buffer) => (output.err += text.toString()));
  const exited = once(child, "close").then(() => ({ code: child.exitCode, ...output }));
  return { exited, kill: () => process.kill(-(child.pid ?? 0), "SIGKILL") };
}

/** Kills a script at the first request that `when` names: the store has acted, and the script never hears of it. False when there was none. */
export async function killAt(
  script: ReturnType<typeof runScript>,
  when: (seen: SeenRequest) => boolean | Promise<boolean>,
): Promise<boolean> {
  let killed = false;
  store.onRequest = async (seen) => {
    if (killed || !(await when(seen))) return undefined;
    killed = true;
    script.kill();
    return { kind: "lost-answer" };
  };
  await script.exited;
  store.onRequest = undefined;
  return killed;
}

/** The silence of a dead move is over. */
export async function letSilencePass(): Promise<void> {
  await db.storageMove.updateMany({ data: { heartbeatAt: new Date(Date.now() - HOUR) } });
}
