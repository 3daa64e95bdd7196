"use client";
import * as RadixAlertDialog from "radix-ui/alert-dialog";
import { useState, type ReactNode, type SubmitEvent } from "react";
import { Button } from "./button";
import { Field } from "./field";
import { Form } from "./form";
import { Input } from "./input";

/** Props of `ConfirmDialog`. */
export interface ConfirmDialogProps {
  /** The button that opens it. Leave out when `open` is controlled. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** A question: "Delete this course?" */
  title: ReactNode;
  /** What will happen, and what is kept. */
  description: ReactNode;
  /** Names the act, never "OK": "Delete course". */
  confirmLabel: string;
  cancelLabel?: string;
  tone?: "danger" | "primary";
  /** When given, the person types this name before the button works. */
  typeToConfirm?: string;
  pending?: boolean;
  /** Why the last try failed, in a sentence. */
  error?: string | undefined;
  /** May be async: the button waits. The dialog closes when it is done, and stays open when it answers `false`. */
  onConfirm: () => unknown;
}

/** Asks before an act that cannot be undone. Prefer an act that can be, with "Undo" in a toast. */
export function ConfirmDialog({
  trigger,
  open,
  onOpenChange,
  title,
  description,
  confirmLabel,
  cancelLabel = "Cancel",
  tone = "danger",
  typeToConfirm,
  pending = false,
  error,
  onConfirm,
}: ConfirmDialogProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const [working, setWorking] = useState(false);
  const [typed, setTyped] = useState("");
  const busy = pending || working;
  const ready = typeToConfirm === undefined || typed.trim() === typeToConfirm;

  const change = (next: boolean) => {
    if (busy) return;
    setTyped("");
    setOwnOpen(next);
    onOpenChange?.(next);
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!ready || busy) return;
    setWorking(true);
    let done: unknown;
    try {
      done = await onConfirm();
    } finally {
      setWorking(false);
    }
    if (done === false) return;
    setTyped("");
    setOwnOpen(false);
    onOpenChange?.(false);
  };

  return (
    <RadixAlertDialog.Root open={open ?? ownOpen} onOpenChange={change}>
      {trigger ? <RadixAlertDialog.Trigger asChild>{trigger}</RadixAlertDialog.Trigger> : null}
      <RadixAlertDialog.Portal>
        <RadixAlertDialog.Overlay className="fixed inset-0 z-40 bg-scrim data-[state=open]:animate-appear" />
        <RadixAlertDialog.Content className="fixed inset-x-4 top-1/2 z-50 mx-auto max-w-md -translate-y-1/2 rounded-xl border border-line bg-surface p-6 shadow-float outline-none data-[state=open]:animate-appear">
          <Form onSubmit={submit} className="grid gap-4">
            <div className="grid gap-1.5">
              <RadixAlertDialog.Title className="text-lg leading-6 font-semibold">{title}</RadixAlertDialog.Title>
              <RadixAlertDialog.Description asChild>
                <div className="text-sm leading-6 text-muted">{description}</div>
              </RadixAlertDialog.Description>
            </div>
            {typeToConfirm === undefined ? null : (
              <Field
                label={
                  <>
                    Type <span className="font-mono">{typeToConfirm}</span> to confirm
                  </>
                }
              >
                <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" spellCheck={false} />
              </Field>
            )}
            {error ? (
              <p role="alert" className="text-sm text-danger">
                {error}
              </p>
            ) : null}
            <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
              <RadixAlertDialog.Cancel asChild>
                <Button variant="secondary">{cancelLabel}</Button>
              </RadixAlertDialog.Cancel>
              <Button type="submit" variant={tone} pending={busy} disabled={!ready}>
                {confirmLabel}
              </Button>
            </div>
          </Form>
        </RadixAlertDialog.Content>
      </RadixAlertDialog.Portal>
    </RadixAlertDialog.Root>
  );
}
