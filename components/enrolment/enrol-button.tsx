"use client";
import { useRouter } from "next/navigation";
import type { Route } from "next";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useAction } from "@/hooks/use-action";
import type { ActionResult } from "@/lib/core/result";

/** Props of `EnrolButton`. */
export interface EnrolButtonProps {
  org: string;
  courseId: string;
  /** Where the learner goes then: the first lesson. */
  firstHref: string;
  enrol: (input: { org: string; courseId: string }) => Promise<ActionResult<unknown>>;
}

/** Enrols, then opens the first lesson. Pressing twice enrols once. */
export function EnrolButton({ org, courseId, firstHref, enrol }: EnrolButtonProps) {
  const router = useRouter();
  const { run, pending, error } = useAction(enrol, { onSuccess: () => router.push(firstHref as Route) });
  return (
    <div className="grid gap-3">
      <Button size="lg" pending={pending} onClick={() => void run({ org, courseId })} className="sm:justify-self-start">
        Enrol and start
      </Button>
      {error ? (
        <Alert tone="danger" live>
          {error.message}
        </Alert>
      ) : null}
    </div>
  );
}
