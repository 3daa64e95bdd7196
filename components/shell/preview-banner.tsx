import { AppLink } from "@/components/ui/app-link";
import { Banner } from "@/components/ui/banner";

/** Props of `PreviewBanner`. */
export interface PreviewBannerProps {
  /** What is previewed: "You are viewing this academy as a learner." */
  children: string;
  exitHref: string;
  exitLabel?: string;
}

/** Reminds an admin that this is the learner's view, and leads back. */
export function PreviewBanner({ children, exitHref, exitLabel = "Back to admin" }: PreviewBannerProps) {
  return (
    <Banner
      tone="accent"
      label="Preview"
      action={
        <AppLink href={exitHref} className="font-medium text-accent-text underline underline-offset-4">
          {exitLabel}
        </AppLink>
      }
    >
      {children}
    </Banner>
  );
}
