import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";

export interface UploadErrorProps {
  fileName: string;
  message: string;
  /** An earlier file is still in place */
  kept: boolean;
  onRetry: (() => void) | undefined;
  onDismiss: () => void;
}

/** What happened, what was kept, what to do. */
export function UploadError({ fileName, message, kept, onRetry, onDismiss }: UploadErrorProps) {
  return (
    <Alert
      tone="danger"
      live
      title={<span className="break-all">{fileName} was not uploaded</span>}
      action={
        <div className="flex gap-2">
          {onRetry ? (
            <Button variant="secondary" size="sm" onClick={onRetry}>
              Try again
            </Button>
          ) : null}
          <Button variant="ghost" size="sm" onClick={onDismiss}>
            Dismiss
          </Button>
        </div>
      }
    >
      {message}
      {kept ? " The file that was here before is still in place." : null}
    </Alert>
  );
}
