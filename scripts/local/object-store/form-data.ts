import type { IncomingMessage } from "node:http";
import { Transform } from "node:stream";
import type { Readable } from "node:stream";
import busboy from "busboy";
import { S3Error } from "./s3-error.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html: the fields before the file are at most 20 KB.
const MAX_FIELDS_BYTES = 20 * 1024;

type OnFile = (fields: ReadonlyMap<string, string>, fileName: string, file: Readable) => Promise<void>;

function malformed(detail: string): S3Error {
  return new S3Error("MalformedPOSTRequest", `The body of your POST request is not well-formed multipart/form-data. ${detail}`);
}

/**
 * Reads a multipart/form-data body: collects the fields that come before the part named `file`, and hands its bytes to
 * `onFile` as they arrive. What follows the file is ignored, as S3 does. Field names become lower-case.
 * @throws S3Error MalformedPOSTRequest or InvalidArgument, and whatever `onFile` throws.
 */
export async function readForm(
  http: IncomingMessage,
  onBytes: (count: number) => Promise<void> | undefined,
  onFile: OnFile,
): Promise<void> {
  const fields = new Map<string, string>();
  let work: Promise<void> | undefined;
  const parser = busboy({
    headers: http.headers,
    defParamCharset: "utf8",
    limits: { fieldSize: MAX_FIELDS_BYTES, fieldNameSize: 1024, fields: 100, files: 1 },
  });
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const pause = onBytes(chunk.length) ?? Promise.resolve();
      pause.then(() => done(null, chunk), done);
    },
  });
  await new Promise<void>((resolve, reject) => {
    const fail = (cause: unknown): void => {
      const error = cause instanceof Error ? cause : malformed(String(cause));
      http.unpipe(counter);
      counter.destroy();
      // Ends the file's stream too, so that whoever reads it stops; the failure is told when nobody does any more.
      parser.destroy(error);
      void Promise.allSettled([work]).then(() => reject(error));
    };
    parser.on("field", (name, value, info) => {
      if (work) return;
      if (info.valueTruncated || info.nameTruncated) fail(malformed("A field is too long."));
      fields.set(name.toLowerCase(), value);
    });
    parser.on("file", (name, file, info) => {
      if (name.toLowerCase() !== "file") {
        fail(malformed("The file's field must be named file."));
        return;
      }
      // Where the file was refused unread, nobody else hears that it ended early; the refusal itself is what gets told.
      file.on("error", () => undefined);
      work = onFile(fields, info.filename ?? "", file);
      work.catch(fail);
    });
    parser.on("error", (error) => {
      fail(error instanceof S3Error ? error : malformed(error instanceof Error ? error.message : ""));
    });
    parser.on("close", () => {
      if (work) work.then(resolve, fail);
      else fail(new S3Error("InvalidArgument", "POST requires exactly one file upload per request."));
    });
    http.once("error", fail);
    http.pipe(counter).pipe(parser);
  });
}
