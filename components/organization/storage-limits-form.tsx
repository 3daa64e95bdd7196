"use client";
import { useState, type SubmitEvent } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import { formatBytes } from "@/lib/core/bytes";
import type { ActionResult } from "@/lib/core/result";
import type { StorageLimits, StorageLimitsForm as FormInput } from "@/lib/schemas/storage-limit";

/** Props of `StorageLimitsForm`. */
export interface StorageLimitsFormProps {
  organizationId: string;
  saved: StorageLimits;
  usedBytes: number;
  save: (input: FormInput) => Promise<ActionResult<{ excessBytes: number }>>;
}

/** Bytes as a number of GB to edit, without a tail of digits. */
const toGb = (bytes: number | null) => (bytes === null ? "" : String(Number((bytes / 1024 ** 3).toFixed(6))));

/** What an organization's plan allows; empty fields for no limit. */
export function StorageLimitsForm({ organizationId, saved, usedBytes, save }: StorageLimitsFormProps) {
  const [limitGb, setLimitGb] = useState(toGb(saved.limitBytes));
  const [maxFileGb, setMaxFileGb] = useState(toGb(saved.maxFileBytes));
  const [maxFiles, setMaxFiles] = useState(saved.maxFiles === null ? "" : String(saved.maxFiles));
  const { run, pending, error, fieldErrors } = useAction(save, {
    onSuccess: ({ excessBytes }) =>
      toast.success(
        excessBytes > 0
          ? `Saved. The files take ${formatBytes(excessBytes)} more than the limit: nothing is deleted, and uploads are refused until they fit.`
          : "Saved. The limits hold from now on.",
      ),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void run({ organizationId, limitGb, maxFileGb, maxFiles });
  };
  return (
    <Form onSubmit={submit} noValidate className="grid gap-5">
      {error && !error.fieldErrors ? (
        <Alert tone="danger" live>
          {error.message}
        </Alert>
      ) : null}
      <div className="grid items-start gap-5 sm:grid-cols-3">
        <Field label="Storage (GB)" hint={`${formatBytes(usedBytes)} used.`} error={fieldErrors.limitGb}>
          <Input inputMode="decimal" name="limitGb" value={limitGb} onChange={(event) => setLimitGb(event.target.value)} />
        </Field>
        <Field label="Largest file (GB)" optional hint="Leave empty for what the kind of file allows." error={fieldErrors.maxFileGb}>
          <Input inputMode="decimal" name="maxFileGb" value={maxFileGb} onChange={(event) => setMaxFileGb(event.target.value)} />
        </Field>
        <Field label="Number of files" optional hint="Leave empty for any number." error={fieldErrors.maxFiles}>
          <Input inputMode="numeric" name="maxFiles" value={maxFiles} onChange={(event) => setMaxFiles(event.target.value)} />
        </Field>
      </div>
      <div>
        <Button type="submit" variant="secondary" pending={pending}>
          Save limits
        </Button>
      </div>
    </Form>
  );
}
