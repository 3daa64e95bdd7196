"use client";
import { Film } from "lucide-react";
import { useState } from "react";
import { FileUploader } from "@/components/file-uploader/file-uploader";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { useUploads } from "@/hooks/use-uploads";
import type { MediaView } from "@/lib/schemas/media";
import type { UploadDestination, UploadLimits } from "@/lib/schemas/upload";
import { FramePicker } from "./frame-picker";

/** Props of `LessonPosterField`. */
export interface LessonPosterFieldProps {
  org: string;
  destination: UploadDestination;
  video: MediaView | null;
  value: MediaView | null;
  saved: readonly string[];
  onChange: (poster: MediaView | null) => void;
  limits: UploadLimits;
  error?: readonly string[] | undefined;
}

/** The lesson's video: the file of this device while it is here, else what storage has. */
function useVideoSource({ org, destination, video }: Pick<LessonPosterFieldProps, "org" | "destination" | "video">) {
  const uploads = useUploads();
  const local = uploads.findLast(
    (item) => item.org === org && item.kind === "VIDEO" && item.destination?.href === destination.href && item.localUrl !== null,
  );
  if (local?.localUrl && local.status.name !== "failed") return { src: local.localUrl, name: local.fileName };
  return video?.url ? { src: video.url, name: video.fileName } : null;
}

/** The picture that stands for a lesson's video until it plays: a frame of the video, or a picture of its own. */
export function LessonPosterField({ org, destination, video, value, saved, onChange, limits, error }: LessonPosterFieldProps) {
  const source = useVideoSource({ org, destination, video });
  // The address is held while the dialog is open: an upload that ends meanwhile must not take the video away.
  const [picking, setPicking] = useState<{ src: string; name: string; start: (file: File) => void } | null>(null);
  if (!source && !value) return null;
  return (
    <>
      <FileUploader
        org={org}
        kind="POSTER"
        label="Poster"
        destination={destination}
        optional
        value={value}
        saved={saved}
        onChange={onChange}
        limits={limits}
        error={error}
        more={(start) =>
          source ? (
            <Button variant="secondary" size={value ? "sm" : "md"} onClick={() => setPicking({ ...source, start })}>
              <Film aria-hidden /> Choose a frame
            </Button>
          ) : null
        }
      />
      <Dialog
        open={picking !== null}
        onOpenChange={(open) => {
          if (!open) setPicking(null);
        }}
      >
        <DialogContent wide title="Choose a poster" description="The frame that learners see before they play the video.">
          {picking ? (
            <FramePicker
              src={picking.src}
              videoName={picking.name}
              onPick={(picture) => {
                picking.start(picture);
                setPicking(null);
              }}
            />
          ) : null}
        </DialogContent>
      </Dialog>
    </>
  );
}
