import "server-only";
import { S3Client } from "@aws-sdk/client-s3";
import { AppError } from "../core/app-error";
import { findSharedBucket } from "../core/environment-safety";
import type { StoreAddress } from "../core/store-address";
import { env } from "../env";
import { envClient } from "../env-client";
import { S3 } from "../S3Client";

/** A bucket with the client that opens it. The ledger names the place of each object, so that a file is found wherever it lies. */
export type StorePlace = {
  name: string;
  client: S3Client;
  bucket: string;
  /** Where its public objects are read; null when nowhere */
  publicUrl: string | null;
};

/** Where uploads go. */
export const mainPlace: StorePlace = {
  name: env.S3_STORE_NAME,
  client: S3,
  bucket: envClient.NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES,
  publicUrl: envClient.NEXT_PUBLIC_S3_PUBLIC_URL,
};

function open(address: StoreAddress | undefined): StorePlace | null {
  if (!address) return null;
  const { name, bucket, publicUrl, endpoint, region, forcePathStyle, accessKeyId, secretAccessKey } = address;
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle,
    credentials: { accessKeyId, secretAccessKey },
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  return { name, bucket, publicUrl, client };
}

/** A second bucket for videos of archived courses, where the provider has no colder class. */
export const archivePlace = open(env.ARCHIVE_STORE_URL);
/** A copy of everything, kept by a job. */
export const replicaPlace = open(env.REPLICA_STORE_URL);
/** The other end of a move to another provider: where files go to before the switch, and where they come from after it. */
export const otherPlace = open(env.OTHER_STORE_URL);

// Here, since only this floor knows all buckets: nothing may reach a store before.
const shared = findSharedBucket({ endpoint: env.AWS_ENDPOINT_URL_S3, bucket: mainPlace.bucket }, env);
if (shared) throw new Error(`${shared} is a bucket that another setting has; each needs its own.`);

const places = new Map([mainPlace, archivePlace, replicaPlace, otherPlace].flatMap((place) => (place ? [[place.name, place]] : [])));

/** The bucket that the ledger means by this name. @throws AppError UNAVAILABLE when no setting has it (any more) */
export function placeNamed(name: string): StorePlace {
  const place = places.get(name);
  if (place) return place;
  throw new AppError("UNAVAILABLE", "This file lies in a bucket that is not set up here. Ask the platform's staff.", {
    log: `no setting names the bucket "${name}"`,
  });
}
