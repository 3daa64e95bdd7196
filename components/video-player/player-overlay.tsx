import { RotateCcw } from "lucide-react";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";

// Inside the media-controller, so that it also shows in full screen, and not hidden with the controls when nobody moves.
const overlay = {
  noautohide: "",
  className:
    "absolute inset-0 z-10 grid place-content-center justify-items-center gap-4 bg-black/85 p-6 backdrop-blur-sm text-center text-base leading-normal text-white",
};

/** The video can't be played: why, and another try. */
export function PlayerProblem({ problem, onRetry }: { problem: string; onRetry: () => void }) {
  return (
    <div role="alert" {...overlay}>
      <p className="max-w-sm text-sm leading-6">{problem}</p>
      <Button variant="secondary" size="sm" className="justify-self-center" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}

/** The video has ended: on to the next lesson, or once more. */
export function PlayerEnd({ next, onReplay }: { next: { href: string; title: string } | null; onReplay: () => void }) {
  return (
    <div role="status" {...overlay}>
      {next ? (
        <>
          <p className="grid gap-1">
            <span className="text-sm text-white/75">Next lesson</span>
            <span className="text-lg font-semibold text-balance">{next.title}</span>
          </p>
          <div className="flex flex-wrap justify-center gap-2">
            <Button asChild>
              <AppLink href={next.href}>Go to the next lesson</AppLink>
            </Button>
            <Button variant="secondary" onClick={onReplay}>
              <RotateCcw aria-hidden /> Watch again
            </Button>
          </div>
        </>
      ) : (
        <>
          <p className="text-lg font-semibold">That was the last lesson of this course</p>
          <Button variant="secondary" className="justify-self-center" onClick={onReplay}>
            <RotateCcw aria-hidden /> Watch again
          </Button>
        </>
      )}
    </div>
  );
}
