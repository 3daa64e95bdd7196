"use client";
import { useSyncExternalStore } from "react";
import type { UploadItem } from "@/components/file-uploader/engine/upload-item";
import { noUploads, subscribeToUploads, uploadsNow } from "@/components/file-uploader/page-uploads";

/** All uploads of this page, whichever field they belong to, the newest last. */
export function useUploads(): readonly UploadItem[] {
  return useSyncExternalStore(subscribeToUploads, uploadsNow, () => noUploads);
}
