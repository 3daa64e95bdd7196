"use client";
import { useState, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { emailSchema } from "@/lib/schemas/email";

/** Props of `AddressStep`. */
export interface AddressStepProps {
  email: string;
  pending: boolean;
  error: string | null;
  onSubmit: (email: string) => void;
}

/** Step one: where to mail the code. */
export function AddressStep({ email, pending, error, onSubmit }: AddressStepProps) {
  const [value, setValue] = useState(email);
  const [own, setOwn] = useState<string | null>(null);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const parsed = emailSchema.safeParse(value);
    setOwn(parsed.success ? null : (parsed.error.issues[0]?.message ?? null));
    if (parsed.success) onSubmit(parsed.data);
  };
  return (
    <Form onSubmit={submit} noValidate className="grid gap-5">
      <div className="grid gap-2">
        <h1 className="text-3xl">Sign in</h1>
        <p className="leading-7 text-muted">There is no password. We mail you a code, and you type it here.</p>
      </div>
      <Field label="Email address" error={own ?? error ?? undefined}>
        <Input
          type="email"
          name="email"
          autoComplete="email"
          autoFocus
          required
          value={value}
          onChange={(event) => setValue(event.target.value)}
          className="h-12 text-base sm:text-base"
        />
      </Field>
      <Button type="submit" size="lg" pending={pending}>
        Mail me a code
      </Button>
    </Form>
  );
}
