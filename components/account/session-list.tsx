"use client";
import { MonitorSmartphone } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import type { ActionResult } from "@/lib/core/result";
import type { SessionView } from "@/lib/schemas/user";

/** Props of `SessionList`. */
export interface SessionListProps {
  sessions: readonly SessionView[];
  endSession: (input: { sessionId: string }) => Promise<ActionResult<unknown>>;
  endOthers: (input: Record<string, never>) => Promise<ActionResult<{ ended: number }>>;
}

/** Where the person is signed in, and how to end it. */
export function SessionList({ sessions, endSession, endOthers }: SessionListProps) {
  const [ending, setEnding] = useState("");
  const one = useAction(endSession, {
    onSuccess: () => toast.success("Signed out on that device."),
    onError: (error) => toast.error(error.message),
  });
  const others = useAction(endOthers, {
    onSuccess: ({ ended }) => toast.success(ended === 1 ? "Signed out on one other device." : `Signed out on ${ended} other devices.`),
  });
  return (
    <div className="grid gap-4">
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <MonitorSmartphone aria-hidden className="size-5 shrink-0 text-muted" strokeWidth={1.5} />
            <div className="min-w-0 flex-1 text-sm">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {session.device}
                {session.current ? <Badge tone="positive">This device</Badge> : null}
              </p>
              <p className="text-muted">
                Used <Time value={session.lastUsedAt} />, since <Time value={session.startedAt} format="date" />
                {session.ipAddress ? `, from ${session.ipAddress}` : null}
              </p>
            </div>
            {session.current ? null : (
              <Button
                variant="ghost"
                size="sm"
                aria-label={`Sign out ${session.device}`}
                disabled={one.pending && ending !== session.id}
                pending={one.pending && ending === session.id}
                onClick={() => {
                  setEnding(session.id);
                  void one.run({ sessionId: session.id });
                }}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <ConfirmDialog
          trigger={
            <Button variant="secondary" className="justify-self-start">
              Sign out everywhere else
            </Button>
          }
          title="Sign out everywhere else?"
          description="You stay signed in here. The other devices are asked for a new code the next time they open Sidecar."
          confirmLabel="Sign out the others"
          tone="primary"
          error={others.error?.message}
          onConfirm={async () => (await others.run({})).ok}
        />
      ) : null}
    </div>
  );
}
