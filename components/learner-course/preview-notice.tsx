import { AppLink } from "@/components/ui/app-link";
import { Alert } from "@/components/ui/alert";

/** Tells an author that they look at the course as a learner would, and leads back to where they edit it. */
export function PreviewNotice({ editHref, className }: { editHref: string; className?: string }) {
  return (
    <Alert
      className={className}
      title="Preview: nothing is recorded"
      action={
        <AppLink href={editHref} className="-my-1 py-1 font-medium text-accent-text underline underline-offset-4">
          Back to editing
        </AppLink>
      }
    >
      You see this as a learner would. Watching and marking change no progress.
    </Alert>
  );
}
