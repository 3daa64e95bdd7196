"use client";
import { useRouter } from "next/navigation";
import { useState, type SubmitEvent } from "react";
import { Alert } from "@/components/ui/alert";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import type { ActionResult } from "@/lib/core/result";
import { slugify } from "@/lib/core/slug";
import type { Route } from "next";

/** Props of `CreateOrganizationForm`. */
export interface CreateOrganizationFormProps {
  create: (input: { name: string; slug: string; ownerEmail: string }) => Promise<ActionResult<{ id: string }>>;
}

/** A new tenant and its first owner. The address follows the name until it is typed by hand. */
export function CreateOrganizationForm({ create }: CreateOrganizationFormProps) {
  const router = useRouter();
  const [name, setName] = useState("");
  const [typedSlug, setTypedSlug] = useState<string | null>(null);
  const [ownerEmail, setOwnerEmail] = useState("");
  const slug = typedSlug ?? slugify(name);
  const { run, pending, error, fieldErrors } = useAction(create, {
    onSuccess: ({ id }) => {
      toast.success(`${name.trim()} was created. The invitation to ${ownerEmail.trim()} is on its way.`);
      router.push(`/platform/admin/organizations/${id}` as Route);
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void run({ name, slug, ownerEmail });
  };
  return (
    <Form onSubmit={submit} noValidate className="grid max-w-xl gap-6">
      {error && !error.fieldErrors ? (
        <Alert tone="danger" live>
          {error.message}
        </Alert>
      ) : null}
      <Field label="Name" error={fieldErrors.name}>
        <Input name="name" autoFocus maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field
        label="Address"
        hint="Part of every link and of the place where files are stored. It can't be changed later."
        error={fieldErrors.slug}
      >
        <Input
          name="slug"
          maxLength={60}
          spellCheck={false}
          autoCapitalize="none"
          value={slug}
          onChange={(event) => setTypedSlug(event.target.value)}
          className="font-mono"
        />
      </Field>
      <Field label="First owner" hint="Gets an invitation by mail and can invite everybody else." error={fieldErrors.ownerEmail}>
        <Input
          type="email"
          name="ownerEmail"
          autoComplete="off"
          value={ownerEmail}
          onChange={(event) => setOwnerEmail(event.target.value)}
        />
      </Field>
      <div className="flex gap-2">
        <Button type="submit" pending={pending}>
          Create organization
        </Button>
        <Button asChild variant="ghost">
          <AppLink href="/platform/admin/organizations">Cancel</AppLink>
        </Button>
      </div>
    </Form>
  );
}
