"use client";
import { useRouter } from "next/navigation";
import { useState, type SyntheticEvent } from "react";
import { Alert } from "@/components/ui/alert";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toRoute } from "@/components/ui/route";
import { useAction } from "@/hooks/use-action";
import { slugify } from "@/lib/core/slug";
import { coursesPath, editCoursePath } from "./author-paths";
import type { MemberAction } from "./member-action";

/** Props of `NewCourseForm`. */
export interface NewCourseFormProps {
  org: string;
  create: MemberAction<{ title: string; slug: string }, { courseId: string }>;
}

/** Title and address of a new course. The address follows the title until it is changed by hand. */
export function NewCourseForm({ org, create }: NewCourseFormProps) {
  const router = useRouter();
  const [title, setTitle] = useState("");
  const [ownSlug, setOwnSlug] = useState<string | null>(null);
  // Between the answer and the next page the button keeps working, so that a second press can't make a second course.
  const [created, setCreated] = useState(false);
  const slug = ownSlug ?? slugify(title);
  const action = useAction(create, {
    onSuccess: ({ courseId }) => {
      setCreated(true);
      router.push(toRoute(editCoursePath(org, courseId)));
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!created) void action.run({ org, title, slug });
  };
  return (
    <Form onSubmit={submit} noValidate className="grid max-w-xl gap-6">
      {action.error && !action.error.fieldErrors ? (
        <Alert tone="danger" live>
          {action.error.message}
        </Alert>
      ) : null}
      <Field label="Title" error={action.fieldErrors.title}>
        <Input value={title} onChange={(event) => setTitle(event.target.value)} maxLength={120} autoComplete="off" autoFocus required />
      </Field>
      <Field label="Address" hint={`Learners find it at /o/${org}/courses/${slug || "…"}`} error={action.fieldErrors.slug}>
        <Input
          value={slug}
          onChange={(event) => setOwnSlug(event.target.value)}
          maxLength={60}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono"
          required
        />
      </Field>
      <div className="flex gap-2">
        <Button type="submit" pending={action.pending || created}>
          Create draft
        </Button>
        <Button asChild variant="ghost">
          <AppLink href={coursesPath(org)}>Cancel</AppLink>
        </Button>
      </div>
    </Form>
  );
}
