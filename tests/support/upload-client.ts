import { expect } from "vitest";
import { POST as cancelRoute } from "@/app/api/s3/cancel/route";
import { POST as completeRoute } from "@/app/api/s3/complete/route";
import { POST as signRoute } from "@/app/api/s3/sign/route";
import { POST as statusRoute } from "@/app/api/s3/status/route";
import { POST as beginRoute } from "@/app/api/s3/upload/route";
import { GET as listRoute } from "@/app/api/s3/uploads/route";
import type { MemberActor } from "@/lib/policies/actor";
import type { MediaView } from "@/lib/schemas/media";
import {
  SIGN_BATCH,
  type BeginUploadInput,
  type OwnUploads,
  type PartToSign,
  type SignedParts,
  type UploadTicket,
} from "@/lib/schemas/upload";
import { callRoute, signIn } from "./call-route";
import { cut, sendPart } from "./uploads";

export type UploadClient = Awaited<ReturnType<typeof uploadClient>>;

/** A browser of this person, in a session of its own: calls the upload routes and says what they answered. */
export async function uploadClient(actor: MemberActor) {
  const cookie = await signIn(actor.userId);
  const org = actor.organization.slug;
  const post = (route: typeof beginRoute, body: object) => callRoute(route, { cookie, body: { org, ...body } });
  return {
    begin: (input: BeginUploadInput) => post(beginRoute, input),
    sign: (mediaFileId: string, parts: PartToSign[]) => post(signRoute, { mediaFileId, parts }),
    status: (mediaFileId: string) => post(statusRoute, { mediaFileId }),
    peek: (mediaFileId: string) => post(statusRoute, { mediaFileId, peek: true }),
    complete: (mediaFileId: string) => post(completeRoute, { mediaFileId }),
    cancel: (mediaFileId: string) => post(cancelRoute, { mediaFileId }),
    list: () => callRoute(listRoute, { method: "GET", path: `/api/s3/uploads?org=${org}`, cookie }),
  };
}

async function read<T>(answer: Promise<Response>): Promise<T> {
  const response = await answer;
  const body = (await response.json()) as T;
  expect([response.status, response.ok ? "" : body]).toEqual([200, ""]);
  return body;
}

export const ticketOf = (answer: Promise<Response>) => read<UploadTicket>(answer);
export const signedOf = (answer: Promise<Response>) => read<SignedParts>(answer);
export const mediaOf = (answer: Promise<Response>) => read<MediaView>(answer);
export const uploadsOf = (answer: Promise<Response>) => read<OwnUploads>(answer);

/** The answer's status and its error's code and sentence. */
export async function refusalOf(answer: Promise<Response>): Promise<{ status: number; code: string; message: string; retryAfter: number }> {
  const response = await answer;
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return { status: response.status, code: error.code, message: error.message, retryAfter: Number(response.headers.get("retry-after")) };
}

/** Has these parts of a file signed, eight at a time, and sends them. */
export async function sendParts(client: UploadClient, mediaFileId: string, body: Uint8Array, numbers?: readonly number[]): Promise<void> {
  const parts = cut(body).filter(({ partNumber }) => !numbers || numbers.includes(partNumber));
  for (let first = 0; first < parts.length; first += SIGN_BATCH) {
    const batch = parts.slice(first, first + SIGN_BATCH);
    const named = batch.map(({ partNumber, sha256 }) => ({ partNumber, sha256 }));
    const { signed } = await signedOf(client.sign(mediaFileId, named));
    for (const part of signed) {
      const bytes = batch.find(({ partNumber }) => partNumber === part.partNumber)?.bytes ?? body;
      expect((await sendPart(part, bytes)).status).toBe(200);
    }
  }
}
