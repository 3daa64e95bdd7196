"use client";
import { Copy } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";

/** The link of an export, to copy and to follow. */
export function TransferLink({ link }: { link: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      toast.success("The link was copied.");
    } catch {
      // A browser that keeps its clipboard to itself.
      toast.error("The link could not be copied. Select it and copy it by hand.");
    }
  };
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field label="Link" className="min-w-48 flex-1 max-sm:basis-full">
        <Input readOnly value={link} onFocus={(event) => event.currentTarget.select()} className="font-mono text-xs" />
      </Field>
      <Button variant="secondary" className="max-sm:flex-1" onClick={() => void copy()}>
        <Copy aria-hidden />
        Copy link
      </Button>
      <Button asChild className="max-sm:flex-1">
        <a href={link}>Download</a>
      </Button>
    </div>
  );
}
