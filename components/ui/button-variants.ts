import { cva, type VariantProps } from "class-variance-authority";

/** Class names of a button, for elements that must look like one without being one. Under a finger each is 44 pixels high. */
export const buttonVariants = cva(
  [
    "relative inline-flex shrink-0 items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap select-none",
    "transition-[background-color,border-color,color,opacity,transform] active:translate-y-px",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50",
    "[&_svg]:pointer-events-none [&_svg]:shrink-0 [&_svg:not([class*='size-'])]:size-4",
  ],
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent hover:bg-accent-hover",
        secondary: "border border-line-strong bg-surface text-ink hover:border-line-control hover:bg-sunken",
        ghost: "text-ink hover:bg-sunken dark:hover:bg-raised",
        danger: "bg-danger-fill text-on-danger hover:bg-danger-hover",
        link: "h-auto! px-0! text-accent-text underline decoration-accent-text/40 underline-offset-4 hover:decoration-accent-text",
      },
      size: {
        sm: "h-8 px-3 text-sm pointer-coarse:h-11",
        md: "h-10 px-4 text-sm pointer-coarse:h-11",
        lg: "h-12 px-6 text-base",
        icon: "size-10 pointer-coarse:size-11",
        "icon-sm": "size-8 pointer-coarse:size-11",
      },
    },
    defaultVariants: { variant: "primary", size: "md" },
  },
);

/** The looks a button may take. */
export type ButtonLook = VariantProps<typeof buttonVariants>;
