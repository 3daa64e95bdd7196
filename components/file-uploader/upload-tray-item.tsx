"use client";
import { X } from "lucide-react";
import { usePathname } from "next/navigation";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { FileName } from "@/components/ui/file-name";
import type { UploadItem } from "./engine/upload-item";
import { control } from "./page-uploads";
import { MismatchedUpload, UnfinishedUpload } from "./unfinished-upload";
import { UploadError } from "./upload-error";
import { UploadProgress } from "./upload-progress";
import { placeName } from "./upload-text";

function DestinationLink({ item }: { item: UploadItem }) {
  const here = usePathname();
  if (!item.destination || item.destination.href === here) return null;
  return (
    <Button asChild variant="link" size="sm">
      <AppLink href={item.destination.href}>
        Open {placeName(item.kind)}
        <span className="sr-only"> of {item.fileName}</span>
      </AppLink>
    </Button>
  );
}

function FinishedUpload({ item }: { item: UploadItem }) {
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <p className="text-sm font-medium">
          <FileName name={item.fileName} />
        </p>
        <p className="text-sm text-muted">Uploaded, not used yet</p>
      </div>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={`Dismiss ${item.fileName}`}
        onClick={(event) => {
          // The second press of a double click would meet the next row.
          if (event.detail <= 1) control((uploads) => uploads.dismiss(item.id));
        }}
      >
        <X aria-hidden />
      </Button>
    </div>
  );
}

function Body({ item }: { item: UploadItem }) {
  const { status } = item;
  if (status.name === "done") return <FinishedUpload item={item} />;
  if (status.name === "unfinished") return <UnfinishedUpload item={item} status={status} />;
  if (status.name === "mismatch") return <MismatchedUpload item={item} status={status} />;
  if (status.name === "failed") {
    return <UploadError item={item} status={status} earlierKept={false} onChooseAnother={undefined} />;
  }
  return <UploadProgress item={item} compact />;
}

/** One upload in the tray: its state, and the way to the page it is meant for. */
export function UploadTrayItem({ item }: { item: UploadItem }) {
  return (
    <li className="@container grid grid-cols-1 gap-1 px-4 py-3">
      <Body item={item} />
      {item.destination ? (
        <div className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm text-muted">
          <span className="min-w-0 truncate">{item.destination.label}</span>
          <DestinationLink item={item} />
        </div>
      ) : null}
    </li>
  );
}
