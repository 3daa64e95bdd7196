import "server-only";
import {
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  S3ServiceException,
  type CORSRule,
  type LifecycleRule,
} from "@aws-sdk/client-s3";
import { AppError } from "../core/app-error";
import { callStore } from "./object-store";
import type { StorePlace } from "./store-place";

/** What stores answer that have never heard of a call. */
const UNHEARD = ["NotImplemented", "MethodNotAllowed"];

function answers(error: unknown, names: readonly string[]): boolean {
  const cause = error instanceof AppError ? error.cause : error;
  return cause instanceof S3ServiceException && names.includes(cause.name);
}

/** A bucket's CORS rules; none of one that has no such settings. @throws AppError UNAVAILABLE */
export function readCors(place: StorePlace): Promise<CORSRule[]> {
  return callStore(place, "GetBucketCors", async (options) => {
    try {
      return (await place.client.send(new GetBucketCorsCommand({ Bucket: place.bucket }), options)).CORSRules ?? [];
    } catch (error) {
      if (answers(error, ["NoSuchCORSConfiguration"])) return [];
      throw error;
    }
  });
}

/** Replaces all of them. @throws AppError UNAVAILABLE */
export function writeCors(place: StorePlace, rules: CORSRule[]): Promise<void> {
  return callStore(place, "PutBucketCors", async (options) => {
    await place.client.send(new PutBucketCorsCommand({ Bucket: place.bucket, CORSConfiguration: { CORSRules: rules } }), options);
  });
}

/** A bucket's lifecycle rules; null where the provider has no such thing. @throws AppError UNAVAILABLE */
export function readLifecycle(place: StorePlace): Promise<LifecycleRule[] | null> {
  return callStore(place, "GetBucketLifecycleConfiguration", async (options) => {
    try {
      return (await place.client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: place.bucket }), options)).Rules ?? [];
    } catch (error) {
      if (answers(error, ["NoSuchLifecycleConfiguration"])) return [];
      if (answers(error, UNHEARD)) return null;
      throw error;
    }
  });
}

/** Replaces all of them. False where the provider has no such thing. @throws AppError UNAVAILABLE */
export async function writeLifecycle(place: StorePlace, rules: LifecycleRule[]): Promise<boolean> {
  const command = new PutBucketLifecycleConfigurationCommand({ Bucket: place.bucket, LifecycleConfiguration: { Rules: rules } });
  try {
    await callStore(place, "PutBucketLifecycleConfiguration", (options) => place.client.send(command, options));
    return true;
  } catch (error) {
    if (answers(error, UNHEARD)) return false;
    throw error;
  }
}
