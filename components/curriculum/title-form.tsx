"use client";
import { useRef, useState, type KeyboardEvent, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";

/** Props of `TitleForm`. */
export interface TitleFormProps {
  /** Says what the title is for; read by screen readers, and the placeholder. */
  label: string;
  initial?: string;
  submitLabel: string;
  /** Resolves to whether it was saved; when it was not, what was typed stays. */
  onSubmit: (title: string) => Promise<boolean>;
  onClose: () => void;
  /** Stay open for the next one, with an empty field. */
  repeat?: boolean;
}

/** One title in one line: Enter saves, Escape closes. */
export function TitleForm({ label, initial = "", submitLabel, onSubmit, onClose, repeat = false }: TitleFormProps) {
  const [title, setTitle] = useState(initial);
  const [pending, setPending] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const text = title.trim();
    if (!text || pending) return;
    if (text === initial) {
      onClose();
      return;
    }
    setPending(true);
    const saved = await onSubmit(text);
    setPending(false);
    if (!saved) return;
    if (!repeat) {
      onClose();
      return;
    }
    setTitle("");
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onClose();
  };
  return (
    <Form onSubmit={(event) => void submit(event)} onKeyDown={onKeyDown} className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
      <Field label={label} hideLabel className="min-w-40 flex-1 gap-0">
        <Input
          ref={input}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          placeholder={label}
          maxLength={120}
          autoComplete="off"
          autoFocus
          className="h-8 px-2"
        />
      </Field>
      <div className="flex gap-1">
        <Button type="submit" size="sm" pending={pending} disabled={title.trim() === ""}>
          {submitLabel}
        </Button>
        <Button variant="ghost" size="sm" onClick={onClose}>
          {repeat ? "Done" : "Cancel"}
        </Button>
      </div>
    </Form>
  );
}
