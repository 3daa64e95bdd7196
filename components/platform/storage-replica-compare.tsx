"use client";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import type { ActionResult } from "@/lib/core/result";

/** Begins what the night does by itself: compares the replica with the database, and copies what it lacks. */
export function StorageReplicaCompare({ compare }: { compare: (input: Record<string, never>) => Promise<ActionResult<void>> }) {
  const { run, pending } = useAction(compare, {
    onSuccess: () => toast.success("The comparison begins within a minute; then what the replica lacks is copied."),
    onError: ({ message }) => toast.error(message),
  });
  return (
    <Button variant="secondary" pending={pending} onClick={() => void run({})}>
      Compare and copy now
    </Button>
  );
}
