"use client";
import { useRouter } from "next/navigation";
import { useState, type SubmitEvent } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useAction } from "@/hooks/use-action";
import type { ActionResult } from "@/lib/core/result";

/** Props of `InvitationAnswer`. */
export interface InvitationAnswerProps {
  invitationId: string;
  organization: string;
  /** The person has no name yet: ask for it here, once. */
  askName: boolean;
  accept: (input: { invitationId: string; name?: string }) => Promise<ActionResult<{ home: string }>>;
  decline: (input: { invitationId: string }) => Promise<ActionResult<unknown>>;
}

/** Yes or no to an invitation. */
export function InvitationAnswer({ invitationId, organization, askName, accept, decline }: InvitationAnswerProps) {
  const router = useRouter();
  const [name, setName] = useState("");
  const [left, setLeft] = useState(false);
  const yes = useAction(accept, {
    // A full page load: the organization's frame and colours must be made for the new member.
    onSuccess: ({ home }) => {
      setLeft(true);
      window.location.assign(home);
    },
  });
  const no = useAction(decline, { onSuccess: () => router.refresh() });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void yes.run({ invitationId, ...(askName ? { name } : {}) });
  };
  return (
    <Form onSubmit={submit} noValidate className="grid gap-5">
      {yes.error && !yes.fieldErrors.name ? (
        <Alert tone="danger" live>
          {yes.error.message}
        </Alert>
      ) : null}
      {askName ? (
        <Field label="Your name" hint="As your colleagues know you. It stands beside your progress." error={yes.fieldErrors.name}>
          <Input name="name" autoComplete="name" maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="lg" pending={yes.pending || left} className="h-auto min-h-12 shrink py-2 whitespace-normal">
          Join {organization}
        </Button>
        <ConfirmDialog
          trigger={
            <Button variant="ghost" size="lg">
              Decline
            </Button>
          }
          title="Decline this invitation?"
          description={`${organization} sees that you said no. You can join later only with a new invitation.`}
          confirmLabel="Decline"
          error={no.error?.message}
          onConfirm={async () => (await no.run({ invitationId })).ok}
        />
      </div>
    </Form>
  );
}
