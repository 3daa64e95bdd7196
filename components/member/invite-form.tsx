"use client";
import { useState, type SubmitEvent } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { RadioGroup } from "@/components/ui/radio-group";
import { Textarea } from "@/components/ui/textarea";
import { useAction } from "@/hooks/use-action";
import { isRole, type Role } from "@/lib/policies/permission";
import { MAX_INVITED_AT_ONCE, type InviteReport } from "@/lib/schemas/invitation";
import { roleNames } from "@/lib/schemas/member";
import type { InviteDialogProps } from "./invite-dialog";

/** Props of `InviteForm`. */
export interface InviteFormProps extends InviteDialogProps {
  onInvited: (report: InviteReport) => void;
}

/** Addresses and a role. What was typed stays when something is wrong. */
export function InviteForm({ org, roles, invite, onInvited }: InviteFormProps) {
  const [addresses, setAddresses] = useState("");
  const [role, setRole] = useState<Role>("learner");
  const { run, pending, error, fieldErrors } = useAction(invite, { onSuccess: onInvited });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void run({ org, addresses, role });
  };
  return (
    <Form onSubmit={submit} noValidate className="grid gap-5">
      {error && !fieldErrors.addresses ? (
        <Alert tone="danger" live>
          {error.message}
        </Alert>
      ) : null}
      <Field
        label="Email addresses"
        hint={`Part them by commas or lines; “Ada Mills <ada@example.com>” works as well. Up to ${MAX_INVITED_AT_ONCE} at once.`}
        error={fieldErrors.addresses}
      >
        <Textarea
          name="addresses"
          rows={4}
          value={addresses}
          onChange={(event) => setAddresses(event.target.value)}
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      <RadioGroup
        legend="Role"
        value={role}
        onValueChange={(value) => {
          if (isRole(value)) setRole(value);
        }}
        options={roles.toReversed().map((value) => ({ value, label: roleNames[value].label, hint: roleNames[value].hint }))}
      />
      <Button type="submit" pending={pending} className="sm:justify-self-end">
        Send invitations
      </Button>
    </Form>
  );
}
