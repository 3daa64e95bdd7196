"use client";
import { useState, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import type { ActionResult } from "@/lib/core/result";

/** Props of `InviteOwnerForm`. */
export interface InviteOwnerFormProps {
  organizationId: string;
  invite: (input: { organizationId: string; ownerEmail: string }) => Promise<ActionResult<unknown>>;
}

/** Invites one more owner; an address that is invited already gets its mail again. */
export function InviteOwnerForm({ organizationId, invite }: InviteOwnerFormProps) {
  const [email, setEmail] = useState("");
  const { run, pending, error, fieldErrors } = useAction(invite, {
    onSuccess: () => {
      toast.success(`The invitation to ${email.trim()} is on its way.`);
      setEmail("");
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void run({ organizationId, ownerEmail: email });
  };
  return (
    <Form onSubmit={submit} noValidate className="grid items-start gap-3 sm:flex">
      <Field label="Invite an owner" error={fieldErrors.ownerEmail ?? error?.message} className="min-w-0 flex-1">
        <Input type="email" name="ownerEmail" autoComplete="off" value={email} onChange={(event) => setEmail(event.target.value)} />
      </Field>
      <Button type="submit" variant="secondary" pending={pending} className="justify-self-start sm:mt-7">
        Send invitation
      </Button>
    </Form>
  );
}
