"use client";
import type { Editor } from "@tiptap/react";
import { Link2 } from "lucide-react";
import { useState, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { isSafeLink } from "@/lib/schemas/rich-text";
import { ToolbarButton } from "./toolbar-button";

/** "example.com/a" is https, "a@b.c" is a mail address; what has a scheme keeps it. */
function completeAddress(typed: string): string {
  const text = typed.trim();
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return text;
  return /^[^\s/@]+@[^\s/@]+$/.test(text) ? `mailto:${text}` : `https://${text}`;
}

/** The toolbar's link button with its small form: set, change or take away the link at the selection. */
export function LinkControl({ editor, active }: { editor: Editor; active: boolean }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string | undefined>(undefined);

  const change = (next: boolean) => {
    if (next) {
      const href: unknown = editor.getAttributes("link").href;
      setTyped(typeof href === "string" ? href : "");
      setError(undefined);
    }
    setOpen(next);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const href = completeAddress(typed);
    if (!isSafeLink(href)) {
      setError("Enter a web or mail address, such as https://example.com.");
      return;
    }
    const chain = editor.chain().focus().extendMarkRange("link");
    if (editor.state.selection.empty && !active) {
      chain.insertContent({ type: "text", text: typed.trim(), marks: [{ type: "link", attrs: { href } }] }).run();
    } else {
      chain.setLink({ href }).run();
    }
    setOpen(false);
  };
  const remove = () => {
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
    setOpen(false);
  };

  return (
    <Popover open={open} onOpenChange={change}>
      <PopoverTrigger asChild>
        <ToolbarButton label="Link" active={active}>
          <Link2 aria-hidden />
        </ToolbarButton>
      </PopoverTrigger>
      <PopoverContent
        align="start"
        aria-label="Link"
        className="w-80 max-w-[calc(100vw-2rem)]"
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          editor.commands.focus();
        }}
      >
        <Form onSubmit={submit} className="grid gap-3">
          <Field label="Link to" error={error}>
            <Input
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              placeholder="https://example.com"
            />
          </Field>
          <div className="flex justify-end gap-2">
            {active ? (
              <Button variant="ghost" size="sm" onClick={remove}>
                Remove link
              </Button>
            ) : null}
            <Button type="submit" size="sm">
              Apply
            </Button>
          </div>
        </Form>
      </PopoverContent>
    </Popover>
  );
}
