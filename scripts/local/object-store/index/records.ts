import type { Checksums, ChecksumAlgorithm } from "../body/checksum.ts";
import type { Restore } from "../cold-classes.ts";
import { integerColumn, keyColumn, textColumn } from "./database.ts";
import type { Row } from "./database.ts";

/** One tag of an object. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** What travels with an object beside its bytes. Header names are lower-case. */
export interface ObjectAttributes {
  /** content-type, cache-control, content-disposition, content-encoding, content-language, expires. */
  readonly headers: Readonly<Record<string, string>>;
  /** User metadata without its x-amz-meta- prefix. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: readonly Tag[];
}

export interface StoredObject extends ObjectAttributes {
  readonly bucket: string;
  readonly key: string;
  readonly body: string;
  readonly parts: number;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** Milliseconds since the epoch, whole seconds as S3 tells them. */
  readonly modified: number;
  readonly storageClass: string;
  readonly checksums: Checksums;
  /** Of a frozen object whose restore was asked for. */
  readonly restore?: Restore | undefined;
}

/** An object as a listing needs it. */
export type ListedObject = Pick<StoredObject, "key" | "size" | "etag" | "modified" | "storageClass">;

export interface StoredUpload extends ObjectAttributes {
  readonly bucket: string;
  readonly key: string;
  readonly id: string;
  readonly initiated: number;
  readonly storageClass: string;
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly type: "COMPOSITE" | "FULL_OBJECT" } | undefined;
}

export interface StoredPart {
  readonly number: number;
  readonly file: string;
  readonly size: number;
  readonly etag: string;
  readonly modified: number;
  readonly checksums: Checksums;
}

// The index writes its JSON columns itself; their shapes are part of the schema version.
type ObjectJson = ObjectAttributes & Pick<StoredObject, "checksums" | "restore">;
type UploadJson = ObjectAttributes & Partial<Pick<StoredUpload, "checksum">>;

export function toListedObject(row: Row): ListedObject {
  return {
    key: keyColumn(row, "key"),
    size: integerColumn(row, "size"),
    etag: textColumn(row, "etag"),
    modified: integerColumn(row, "modified"),
    storageClass: textColumn(row, "storage_class"),
  };
}

export function toStoredObject(row: Row): StoredObject {
  return {
    ...toListedObject(row),
    ...(JSON.parse(textColumn(row, "attributes")) as ObjectJson),
    bucket: textColumn(row, "bucket"),
    body: textColumn(row, "body"),
    parts: integerColumn(row, "parts"),
  };
}

export function objectAttributesJson(object: StoredObject): string {
  const { headers, metadata, tags, checksums, restore } = object;
  return JSON.stringify({ headers, metadata, tags, checksums, restore });
}

export function toStoredUpload(row: Row): StoredUpload {
  const attributes = JSON.parse(textColumn(row, "attributes")) as UploadJson;
  return {
    ...attributes,
    checksum: attributes.checksum,
    bucket: textColumn(row, "bucket"),
    key: keyColumn(row, "key"),
    id: textColumn(row, "id"),
    initiated: integerColumn(row, "initiated"),
    storageClass: textColumn(row, "storage_class"),
  };
}

export function uploadAttributesJson(upload: StoredUpload): string {
  const { headers, metadata, tags, checksum } = upload;
  return JSON.stringify({ headers, metadata, tags, checksum });
}

export function toStoredPart(row: Row): StoredPart {
  return {
    number: integerColumn(row, "number"),
    file: textColumn(row, "file"),
    size: integerColumn(row, "size"),
    etag: textColumn(row, "etag"),
    modified: integerColumn(row, "modified"),
    checksums: JSON.parse(textColumn(row, "checksums")) as Checksums,
  };
}
