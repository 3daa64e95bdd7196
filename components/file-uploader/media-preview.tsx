import { FileText } from "lucide-react";
import Image from "next/image";

/** A small look at a file: a picture, the first frame of a video, or a sheet of paper. */
export function MediaPreview({
  contentType,
  url,
  fileName,
  controls = false,
  whole = false,
}: {
  contentType: string;
  url: string | null;
  fileName: string;
  controls?: boolean;
  /** A picture that must not be cropped: a logo */
  whole?: boolean;
}) {
  const label = `Preview of ${fileName}`;
  const frame = "h-auto w-full overflow-hidden rounded-md border border-line bg-sunken @md:w-44";
  if (url && contentType.startsWith("image/")) {
    return (
      <div className={`${frame} relative aspect-video!`}>
        <Image src={url} alt={label} fill unoptimized className={whole ? "object-contain p-2" : "object-cover"} />
      </div>
    );
  }
  if (url && contentType.startsWith("video/")) {
    return (
      <video
        src={url}
        aria-label={label}
        controls={controls}
        muted={!controls}
        playsInline
        preload="metadata"
        className={`${frame} aspect-video object-contain`}
      />
    );
  }
  return (
    <div className="grid size-12 shrink-0 place-items-center rounded-md border border-line bg-sunken text-muted">
      <FileText aria-hidden className="size-5" />
    </div>
  );
}
