"use client";
import { Check, Circle } from "lucide-react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useAction } from "@/hooks/use-action";
import type { ActionResult } from "@/lib/core/result";

/** Props of `MarkDoneButton`. */
export interface MarkDoneButtonProps {
  org: string;
  lessonId: string;
  done: boolean;
  mark: (input: { org: string; lessonId: string; done: boolean }) => Promise<ActionResult<unknown>>;
}

/** For lessons without a video: done, or after all not. */
export function MarkDoneButton({ org, lessonId, done, mark }: MarkDoneButtonProps) {
  const { run, pending, error } = useAction(mark);
  return (
    <div className="grid gap-3">
      <Button
        variant={done ? "secondary" : "primary"}
        pending={pending}
        aria-pressed={done}
        onClick={() => void run({ org, lessonId, done: !done })}
        className="sm:justify-self-start"
      >
        {done ? <Check aria-hidden /> : <Circle aria-hidden />}
        {done ? "Done" : "Mark as done"}
      </Button>
      {error ? (
        <Alert tone="danger" live>
          {error.message}
        </Alert>
      ) : null}
    </div>
  );
}
