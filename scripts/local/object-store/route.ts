import type { Operation } from "./context.ts";
import { deleteLifecycle, getLifecycle, putLifecycle } from "./operations/lifecycle.ts";
import { completeMultipartUpload } from "./operations/complete-upload.ts";
import { copyObject } from "./operations/copy-object.ts";
import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from "./operations/bucket.ts";
import { deleteCors, getCors, preflight, putCors } from "./operations/cors.ts";
import { deleteObject, deleteObjects } from "./operations/delete-object.ts";
import { getObject } from "./operations/get-object.ts";
import { listObjects } from "./operations/list-objects.ts";
import { listParts } from "./operations/list-parts.ts";
import { listMultipartUploads } from "./operations/list-uploads.ts";
import { abortMultipartUpload, createMultipartUpload } from "./operations/multipart-upload.ts";
import { postObject } from "./operations/post-object.ts";
import { putObject } from "./operations/put-object.ts";
import { restoreObject } from "./operations/restore-object.ts";
import { deleteTagging, getTagging, putTagging } from "./operations/tagging.ts";
import { uploadPart, uploadPartCopy } from "./operations/upload-part.ts";
import { S3Error } from "./s3-error.ts";
import { parameter, rawHeader } from "./s3-request.ts";
import type { S3Request } from "./s3-request.ts";

/** Every operation of the store, by S3's name for it. */
export const OPERATIONS = {
  ListBuckets: listBuckets,
  CreateBucket: createBucket,
  HeadBucket: headBucket,
  DeleteBucket: deleteBucket,
  GetBucketLocation: getBucketLocation,
  GetBucketCors: getCors,
  PutBucketCors: putCors,
  DeleteBucketCors: deleteCors,
  GetBucketLifecycleConfiguration: getLifecycle,
  PutBucketLifecycleConfiguration: putLifecycle,
  DeleteBucketLifecycle: deleteLifecycle,
  ListObjectsV2: listObjects,
  ListMultipartUploads: listMultipartUploads,
  DeleteObjects: deleteObjects,
  Preflight: preflight,
  PostObject: postObject,
  PutObject: putObject,
  CopyObject: copyObject,
  GetObject: getObject,
  HeadObject: getObject,
  DeleteObject: deleteObject,
  GetObjectTagging: getTagging,
  PutObjectTagging: putTagging,
  DeleteObjectTagging: deleteTagging,
  RestoreObject: restoreObject,
  CreateMultipartUpload: createMultipartUpload,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
  ListParts: listParts,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;

// Parameters that choose another operation of S3: a request that carries one must never be read as a plain one.
const FOREIGN = [
  "accelerate",
  "acl",
  "analytics",
  "attributes",
  "encryption",
  "intelligent-tiering",
  "inventory",
  "legal-hold",
  "logging",
  "metrics",
  "notification",
  "object-lock",
  "ownershipControls",
  "policy",
  "policyStatus",
  "publicAccessBlock",
  "replication",
  "requestPayment",
  "retention",
  "select",
  "torrent",
  "versionId",
  "versioning",
  "versions",
  "website",
];

const BUCKET_ROUTES: Readonly<Record<string, Readonly<Record<string, OperationName>>>> = {
  "": { PUT: "CreateBucket", HEAD: "HeadBucket", DELETE: "DeleteBucket" },
  location: { GET: "GetBucketLocation" },
  cors: { GET: "GetBucketCors", PUT: "PutBucketCors", DELETE: "DeleteBucketCors" },
  lifecycle: { GET: "GetBucketLifecycleConfiguration", PUT: "PutBucketLifecycleConfiguration", DELETE: "DeleteBucketLifecycle" },
  "list-type": { GET: "ListObjectsV2" },
  uploads: { GET: "ListMultipartUploads" },
  delete: { POST: "DeleteObjects" },
};

const OBJECT_ROUTES: Readonly<Record<string, Readonly<Record<string, OperationName>>>> = {
  "": { PUT: "PutObject", GET: "GetObject", HEAD: "HeadObject", DELETE: "DeleteObject" },
  tagging: { GET: "GetObjectTagging", PUT: "PutObjectTagging", DELETE: "DeleteObjectTagging" },
  restore: { POST: "RestoreObject" },
  uploads: { POST: "CreateMultipartUpload" },
  uploadId: { GET: "ListParts", PUT: "UploadPart", POST: "CompleteMultipartUpload", DELETE: "AbortMultipartUpload" },
};

function notAllowed(): S3Error {
  return new S3Error("MethodNotAllowed", "The specified method is not allowed against this resource.");
}

function chosen(request: S3Request, routes: Readonly<Record<string, Readonly<Record<string, OperationName>>>>): OperationName {
  const foreign = FOREIGN.find((name) => request.query.has(name));
  if (foreign !== undefined) throw new S3Error("NotImplemented", `This store doesn't implement the ${foreign} parameter.`);
  const named = Object.keys(routes).filter((name) => name !== "" && request.query.has(name));
  const [subresource = "", second] = named;
  if (second !== undefined) throw new S3Error("InvalidArgument", `Conflicting query string parameters: ${named.join(", ")}`);
  const operation = routes[subresource]?.[request.method];
  if (!operation) throw notAllowed();
  return operation;
}

// A browser's form brings its own policy and signature among its fields.
function isFormPost(request: S3Request): boolean {
  return request.method === "POST" && rawHeader(request, "content-type")?.toLowerCase().startsWith("multipart/form-data") === true;
}

/**
 * Tells which operation a request asks for.
 * @throws S3Error MethodNotAllowed, NotImplemented or InvalidArgument.
 */
export function operationOf(request: S3Request): OperationName {
  if (request.bucket === "") {
    if (request.method === "GET") return "ListBuckets";
    throw notAllowed();
  }
  if (request.method === "OPTIONS") return "Preflight";
  if (request.key === "") {
    if (isFormPost(request)) return "PostObject";
    const plainGet = request.method === "GET" && request.query.get("list-type") !== "2";
    const other = ["location", "cors", "uploads", "lifecycle"].some((name) => request.query.has(name));
    if (plainGet && !other) throw new S3Error("NotImplemented", "This store lists objects with list-type=2 only.");
    return chosen(request, BUCKET_ROUTES);
  }
  const operation = chosen(request, OBJECT_ROUTES);
  if (parameter(request, "x-amz-copy-source") === undefined) return operation;
  if (operation === "UploadPart") return "UploadPartCopy";
  if (operation === "PutObject") return "CopyObject";
  throw new S3Error("InvalidArgument", "You can only specify a copy source header for copy requests.");
}
