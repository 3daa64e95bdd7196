"use client";
import { useRouter } from "next/navigation";
import { useState, type SubmitEvent } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import type { ActionResult } from "@/lib/core/result";

/** Props of `NameForm`. */
export interface NameFormProps {
  name: string;
  action: (input: { name: string }) => Promise<ActionResult<unknown>>;
  submitLabel: string;
  /** Said once it is saved; leave out where the page goes on by itself. */
  savedMessage?: string;
}

/** A person's own name. */
export function NameForm({ name, action, submitLabel, savedMessage }: NameFormProps) {
  const router = useRouter();
  const [value, setValue] = useState(name);
  const { run, pending, error, fieldErrors } = useAction(action, {
    onSuccess: () => {
      if (savedMessage) toast.success(savedMessage);
      router.refresh();
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void run({ name: value });
  };
  return (
    <Form onSubmit={submit} noValidate className="grid gap-4">
      {error && !fieldErrors.name ? (
        <Alert tone="danger" live>
          {error.message}
        </Alert>
      ) : null}
      <Field label="Your name" hint="As your colleagues know you. It stands beside your progress." error={fieldErrors.name}>
        <Input name="name" autoComplete="name" maxLength={80} value={value} onChange={(event) => setValue(event.target.value)} />
      </Field>
      <Button type="submit" pending={pending} disabled={!pending && value.trim() === name && name !== ""} className="justify-self-start">
        {submitLabel}
      </Button>
    </Form>
  );
}
