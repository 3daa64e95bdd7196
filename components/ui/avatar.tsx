import { colourIndexOf, initialsOf } from "./avatar-identity";
import { cn } from "./cn";

// Warm and quiet; each text keeps 4.5:1 on its ground, in both themes.
const colours = [
  "bg-[#ecdcc8] text-[#6b4216] dark:bg-[#46331f] dark:text-[#eccfa6]",
  "bg-[#e8d5ce] text-[#7a3524] dark:bg-[#4a2a21] dark:text-[#f0bfb0]",
  "bg-[#dde2cd] text-[#48561f] dark:bg-[#343b20] dark:text-[#d3dea9]",
  "bg-[#d3e1dc] text-[#21564c] dark:bg-[#1f3a34] dark:text-[#a9d8cc]",
  "bg-[#d8dde8] text-[#33486b] dark:bg-[#29344a] dark:text-[#bccceb]",
  "bg-[#e6d6df] text-[#6c2f51] dark:bg-[#43273a] dark:text-[#e9bfd6]",
] as const;

const sizes = { sm: "size-6 text-2xs", md: "size-8 text-xs", lg: "size-12 text-base" } as const;

/** Props of `Avatar`. */
export interface AvatarProps {
  /** A person's or an organization's name, or an email address. */
  name: string;
  /** Address of a picture; its transparent parts are white. */
  src?: string | null | undefined;
  size?: keyof typeof sizes;
  /** Round for people, square for organizations. */
  shape?: "round" | "square";
  className?: string;
}

/** Picture or initials. Decoration: the name belongs beside it in text, or in the control's label. */
export function Avatar({ name, src, size = "md", shape = "round", className }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={cn(
        "relative inline-grid shrink-0 place-items-center overflow-hidden font-medium select-none",
        shape === "round" ? "rounded-full" : "rounded-sm",
        colours[colourIndexOf(name)],
        sizes[size],
        className,
      )}
    >
      {initialsOf(name)}
      {src ? (
        // Sized by the server, so next/image has nothing to add.
        <span className="absolute inset-0 bg-white bg-cover bg-center" style={{ backgroundImage: `url(${JSON.stringify(src)})` }} />
      ) : null}
    </span>
  );
}
