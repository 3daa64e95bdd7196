"use client";
import { useState } from "react";
import { Card, CardBody } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { UnsavedBar } from "@/components/ui/unsaved-bar";
import { useAction } from "@/hooks/use-action";
import type { ActionResult } from "@/lib/core/result";
import { AccentField } from "./accent-field";

/** Props of `OrganizationForm`. */
export interface OrganizationFormProps {
  org: string;
  saved: { name: string; slug: string; accentColor: string | null };
  save: (input: { org: string; name: string; accentColor: string | null }) => Promise<ActionResult<unknown>>;
}

/** Name and accent of an organization. */
export function OrganizationForm({ org, saved, save }: OrganizationFormProps) {
  const [name, setName] = useState(saved.name);
  const [accent, setAccent] = useState(saved.accentColor ?? "");
  const { run, pending, error, fieldErrors, reset } = useAction(save, { onSuccess: () => toast.success("The settings were saved.") });
  const dirty = name.trim() !== saved.name || accent !== (saved.accentColor ?? "");
  const submit = () => void run({ org, name, accentColor: accent });
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        if (dirty) submit();
      }}
      noValidate
    >
      <Card>
        <CardBody className="grid max-w-xl gap-6">
          <Field label="Name" error={fieldErrors.name}>
            <Input name="name" maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
          </Field>
          <AccentField value={accent} onChange={setAccent} error={fieldErrors.accentColor} />
          <Field label="Address" hint="Links and invitations lead here, so it stays as it is.">
            <Input readOnly value={`/o/${saved.slug}`} className="font-mono" />
          </Field>
        </CardBody>
      </Card>
      <UnsavedBar
        dirty={dirty}
        pending={pending}
        error={error?.message}
        onSave={submit}
        onDiscard={() => {
          setName(saved.name);
          setAccent(saved.accentColor ?? "");
          reset();
        }}
      />
    </Form>
  );
}
