import AwsS3, { type AwsBody } from "@uppy/aws-s3";
import Uppy from "@uppy/core";
import { ask } from "./page-raw";

/** The parts of Uppy's PresignableRequest (its package does not export the type) that a signer needs. */
type Request = { method: string; key: string; uploadId?: string; partNumber?: number };
type Signed = { url: string };
type Options = { getChunkSize?: () => number; signRequest: (request: Request) => Promise<Signed> };

const MIB = 1024 ** 2;
/** As many addresses with one call as the product's own engine gets. */
const BATCH = 8;

async function sign(requests: Request[]): Promise<Signed[]> {
  return ask<Signed[]>("/bench/uppy/sign", requests);
}

/** Signs as the documentation of @uppy/aws-s3 has it: one call for each request. */
async function signOne(request: Request): Promise<Signed> {
  const [signed] = await sign([request]);
  if (!signed) throw new Error("Nothing was signed.");
  return signed;
}

/** Signs the parts that will follow with the one that is asked for, so that they need no call of their own. */
function signAhead(partCount: number): (request: Request) => Promise<Signed> {
  const ahead = new Map<number, Signed>();
  return async (request) => {
    const { partNumber: first } = request;
    if (first === undefined) return signOne(request);
    const known = ahead.get(first);
    if (known) return known;
    const numbers = Array.from({ length: Math.min(BATCH, partCount - first + 1) }, (_, index) => first + index);
    const signed = await sign(numbers.map((partNumber) => ({ ...request, partNumber })));
    signed.forEach((one, index) => ahead.set(first + index, one));
    return ahead.get(first) ?? signOne(request);
  };
}

async function upload(file: File, options: Options): Promise<void> {
  const uppy = new Uppy<Record<string, never>, AwsBody>();
  uppy.use(AwsS3, options);
  uppy.addFile({ name: file.name, type: file.type, data: file });
  const result = await uppy.upload();
  const [failed] = result?.failed ?? [];
  if (failed || result?.successful?.length !== 1) throw new Error(`Uppy failed: ${failed?.error ?? "no result"}`);
  uppy.destroy();
}

/** With its defaults: multipart above 100 MB, parts of 5 MiB, one after the other; `limit` (6) counts files. */
export function uppyDefault(file: File): Promise<void> {
  return upload(file, { signRequest: signOne });
}

/** At its best: large parts, so that little time passes between them, and addresses that are there when their part is. */
export function uppyTuned(file: File, partMib = 64): Promise<void> {
  const partSize = partMib * MIB;
  return upload(file, { getChunkSize: () => partSize, signRequest: signAhead(Math.ceil(file.size / partSize)) });
}
