"use client";
import { useState, type SubmitEvent } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import type { ActionResult } from "@/lib/core/result";
import type { SweepMode } from "@/lib/schemas/storage-sweep";

/** Props of `StorageSweepStart`. */
export interface StorageSweepStartProps {
  /** The bucket's name, which a person types to let more than the limit of it go. */
  bucket: string;
  start: (input: { mode: SweepMode; force?: string }) => Promise<ActionResult<{ id: string }>>;
}

/** Starts a sweep: one that reports, or one that may delete as well. */
export function StorageSweepStart({ bucket, start }: StorageSweepStartProps) {
  const [open, setOpen] = useState(false);
  const [mode, setMode] = useState<SweepMode>("REPORT");
  const [force, setForce] = useState("");
  const { run, pending, error } = useAction(start, {
    onSuccess: () => {
      toast.success("The sweep begins within a minute.");
      setOpen(false);
      setMode("REPORT");
      setForce("");
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void run(mode === "DELETE" ? { mode, force } : { mode });
  };
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>Start a sweep</Button>
      </DialogTrigger>
      <DialogContent title="Start a sweep" description="It compares every object of the bucket with the database, then acts if it may.">
        <Form onSubmit={submit} className="grid gap-4">
          {error ? (
            <Alert tone="danger" live>
              {error.message}
            </Alert>
          ) : null}
          <RadioGroup
            legend="What it may do"
            hideLegend
            value={mode}
            onValueChange={(value) => setMode(value === "DELETE" ? "DELETE" : "REPORT")}
            options={[
              { value: "REPORT", label: "Only report", hint: "Nothing is changed." },
              { value: "DELETE", label: "Report, then clean up", hint: "Old orphans go to the trash, from where they can be restored." },
            ]}
          />
          {mode === "DELETE" ? (
            <Field
              label="Let more than the limit go of (optional)"
              hint={`An organization's address, or ${bucket} for the whole bucket and what lies outside of the organizations in it.`}
            >
              <Input name="force" value={force} onChange={(event) => setForce(event.target.value)} autoComplete="off" spellCheck={false} />
            </Field>
          ) : null}
          <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <DialogClose asChild>
              <Button variant="secondary">Cancel</Button>
            </DialogClose>
            <Button type="submit" pending={pending}>
              Start the sweep
            </Button>
          </div>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
