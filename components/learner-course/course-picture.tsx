import { cn } from "@/components/ui/cn";
import type { Picture } from "@/lib/schemas/picture";

/** Props of `CoursePicture`. */
export interface CoursePictureProps {
  title: string;
  /** The thumbnail in its sizes, or null. */
  picture: Picture | null;
  /** How wide it is shown, as the `sizes` of an image says it. */
  sizes: string;
  /** The picture that the page is judged by: fetched first. */
  priority?: boolean;
  className?: string;
}

// Grounds for courses without a picture, so that a shelf of them can still be told apart.
const grounds = [
  "bg-accent-soft text-accent-text",
  "bg-warning-soft text-warning",
  "bg-positive-soft text-positive",
  "bg-sunken text-muted",
] as const;

function groundOf(title: string): string {
  let sum = 0;
  for (const letter of title) sum += letter.codePointAt(0) ?? 0;
  return grounds[sum % grounds.length] ?? grounds[0];
}

/** A course's thumbnail, 16:9, or its first letter. Decoration: the title stands beside it in text. */
export function CoursePicture({ title, picture, sizes, priority = false, className }: CoursePictureProps) {
  return (
    <span className={cn("relative block aspect-video overflow-hidden bg-sunken", className)}>
      {picture ? (
        // Sized once at its upload and served from storage, so next/image's own resizing has nothing to add.
        <picture>
          <img
            src={picture.url}
            srcSet={picture.srcSet}
            sizes={sizes}
            alt=""
            width={picture.width}
            height={picture.height}
            style={picture.blurDataUrl ? { backgroundImage: `url(${picture.blurDataUrl})` } : undefined}
            decoding="async"
            loading={priority ? "eager" : "lazy"}
            fetchPriority={priority ? "high" : undefined}
            className="size-full bg-cover bg-center object-cover"
          />
        </picture>
      ) : (
        <span aria-hidden className={cn("grid size-full place-items-center text-4xl font-semibold", groundOf(title))}>
          {title.trim().charAt(0).toUpperCase()}
        </span>
      )}
    </span>
  );
}
