"use client";
import { useState, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { CodeInput } from "@/components/ui/code-input";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";

/** Props of `CodeStep`. */
export interface CodeStepProps {
  email: string;
  pending: boolean;
  error: string | null;
  /** Seconds until a new code may be asked for. */
  wait: number;
  resending: boolean;
  /** Resolves to whether the code was accepted. */
  onSubmit: (code: string) => Promise<boolean>;
  onResend: () => void;
  onChangeAddress: () => void;
}

/** Step two: the code from the mail. It is sent by itself once the sixth digit is in. */
export function CodeStep({ email, pending, error, wait, resending, onSubmit, onResend, onChangeAddress }: CodeStepProps) {
  const [code, setCode] = useState("");
  const send = async (complete: string) => {
    // A wrong code is cleared, so that the next one can be typed or pasted at once; the focus has not moved.
    if (!(await onSubmit(complete))) setCode("");
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (code.length === 6) void send(code);
  };
  return (
    <Form onSubmit={submit} className="grid gap-5">
      <h1 className="-mb-3 text-3xl">Check your mail</h1>
      <p role="status" className="leading-7 text-muted">
        We mailed a six-digit code to <strong className="font-medium wrap-anywhere text-ink">{email}</strong>. It works once, for ten
        minutes.
      </p>
      <Field label="Code from the mail" error={error ?? undefined}>
        <CodeInput
          value={code}
          onValueChange={setCode}
          onComplete={(complete) => void send(complete)}
          autoFocus
          readOnly={pending}
          className="max-w-none"
        />
      </Field>
      <Button type="submit" size="lg" pending={pending} disabled={code.length < 6 && !pending}>
        Sign in
      </Button>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-sm">
        <Button variant="link" onClick={onResend} pending={resending} disabled={wait > 0} className="tabular-nums">
          {wait > 0 ? `New code in ${wait} s` : "Mail a new code"}
        </Button>
        <Button variant="link" onClick={onChangeAddress}>
          Use another address
        </Button>
      </div>
    </Form>
  );
}
