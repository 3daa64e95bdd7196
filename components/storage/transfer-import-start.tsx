"use client";
import { useState, type SubmitEvent } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import type { MemberAction } from "../course/member-action";

/** Props of `TransferImportStart`. */
export interface TransferImportStartProps {
  /** The organization's slug. */
  org: string;
  /** One is under way already. */
  busy: boolean;
  start: MemberAction<{ link: string }, void>;
}

/** Takes the link of an export of another organization. */
export function TransferImportStart({ org, busy, start }: TransferImportStartProps) {
  const [link, setLink] = useState("");
  const { run, pending, error, fieldErrors } = useAction(start, {
    onSuccess: () => {
      toast.success("The import begins within a minute.");
      setLink("");
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void run({ org, link });
  };
  return (
    <Form onSubmit={submit} className="grid gap-3">
      {error && !fieldErrors.link ? (
        <Alert tone="danger" live>
          {error.message}
        </Alert>
      ) : null}
      <div className="flex flex-wrap items-start gap-2">
        <Field label="Link of an export" error={fieldErrors.link} className="min-w-48 flex-1">
          <Input
            name="link"
            value={link}
            onChange={(event) => setLink(event.target.value)}
            autoComplete="off"
            spellCheck={false}
            className="font-mono text-xs"
          />
        </Field>
        <Button type="submit" pending={pending} disabled={busy || link.trim() === ""} className="mt-7">
          Import
        </Button>
      </div>
    </Form>
  );
}
