import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

/** A sheet of paper with a hairline: the ground of a group of things. */
export function Card({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("rounded-lg border border-line bg-surface", className)} {...props} />;
}

/** Props of `CardHeader`. */
export interface CardHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** Small buttons at the right. */
  actions?: ReactNode;
  /** Level of the heading; choose by the page's outline. */
  level?: 2 | 3;
  className?: string;
}

/** Title row of a card. */
export function CardHeader({ title, description, actions, level = 2, className }: CardHeaderProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={cn("flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-4 sm:px-6 sm:pt-5", className)}>
      <div className="grid gap-1">
        <Heading className="text-base leading-6 font-semibold">{title}</Heading>
        {description ? <p className="text-sm text-muted">{description}</p> : null}
      </div>
      {actions ? <div className="flex items-center gap-2">{actions}</div> : null}
    </div>
  );
}

/** The padded inside of a card. */
export function CardBody({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("p-4 sm:p-6", className)} {...props} />;
}

/** The closing row of a card: a hairline, then buttons at the right. */
export function CardFooter({ className, ...props }: ComponentProps<"div">) {
  return (
    <div className={cn("flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3 sm:px-6", className)} {...props} />
  );
}
